import { createApp, defaultSettings, type Serving, serve } from "@holdfast/api";
import type { Actor, Command } from "@holdfast/domain";
import { type ApiKeyId, createApiKey, type Database, Engine, idsByTime } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { openLogger } from "@holdfast/runtime";
import { confirm, Shop } from "@holdfast/testing";

/** A page's files by name, each with its type. */
export type Files = ReadonlyMap<string, { readonly type: string; readonly bytes: Buffer<ArrayBuffer> }>;

/** The API of this repository over a store in memory, on a port. */
export class ServedShop {
  readonly shop: Shop;
  readonly #database: Database;
  readonly #serving: Serving;

  private constructor(shop: Shop, database: Database, serving: Serving) {
    this.shop = shop;
    this.#database = database;
    this.#serving = serving;
  }

  /** A shop that has seen these commands. */
  static async with(...commands: readonly Command[]): Promise<ServedShop> {
    return await ServedShop.withPage(new Map(), ...commands);
  }

  /** Serves a page below `/cart/` as well. */
  static async withPage(files: Files, ...commands: readonly Command[]): Promise<ServedShop> {
    const database = openMemory();
    const newId = idsByTime();
    const app = createApp({
      ...database,
      engine: new Engine({ store: database.store, newBatchId: newId }),
      newId,
      logger: openLogger("shop", "silent"),
      settings: defaultSettings,
    });
    for (const [name, { type, bytes }] of files) {
      app.get(`/cart/${name}`, (c) => c.body(bytes, 200, { "content-type": type }));
    }
    const shop = new Shop(database);
    await shop.ask(...commands);
    return new ServedShop(shop, database, await serve(app, { port: 0, host: "127.0.0.1" }));
  }

  get url(): string {
    return this.#serving.url;
  }

  /** Makes the key of a storefront, which closes the shop to all who come without one. */
  async storefrontKey(): Promise<string> {
    const made = await createApiKey(this.#database.apiKeys, {
      id: "key_storefront" as ApiKeyId,
      name: "storefront" as Actor,
      scopes: ["checkout"],
      createdBy: "test" as Actor,
      now: await this.#database.queries.now(),
    });
    if (made.kind !== "made") throw new Error(made.kind);
    return made.key;
  }

  /** Confirms the newest order, as the shop's server does when it is paid. */
  async confirmNewest(): Promise<void> {
    const [newest] = await this.#database.queries.orders({}, { limit: 1 });
    if (newest === undefined) throw new Error("there is no order");
    await this.shop.ask({ ...confirm("any"), orderId: newest.id });
  }

  async close(): Promise<void> {
    await this.#serving.stop({ noticeMs: 0, graceMs: 1_000 });
  }
}
