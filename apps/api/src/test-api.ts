import { type Instant, type Sku, workerActor } from "@holdfast/domain";
import { type AfterCommit, type Database, Engine, type FeedEpoch, type Queries } from "@holdfast/engine";
import { callAt, type DescribedCall, describedCalls, type OpenApiDocument } from "@holdfast/fuzz";
import { openMemory } from "@holdfast/memory-store";
import { appMetrics, Registry } from "@holdfast/metrics";
import { openLogger } from "@holdfast/runtime";
import { z } from "zod";
import type { App, AppParts, AppSettings } from "./app-parts.ts";
import { defaultSettings } from "./config.ts";
import { createApp } from "./create-app.ts";
import { readDocsFiles } from "./docs-files.ts";
import { openApiInfo } from "./open-api-info.ts";

/** When every test's clock starts: 2026-01-01T00:00:00Z. */
export const opening = Date.UTC(2026, 0, 1);

export const tea = {
  sku: "tea",
  name: "Green tea",
  price: { amount: 450, currency: "EUR" },
  totalStock: 10,
};

/** The epoch of every test's feed. */
export const testEpoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXB" as FeedEpoch;

const docsFiles = await readDocsFiles();

export interface TestParts extends Partial<Omit<AppParts, "settings">> {
  readonly settings?: Partial<AppSettings>;
  readonly afterCommit?: AfterCommit;
  /** Another database than the one in memory. */
  readonly opened?: Database;
}

type Headers = Readonly<Record<string, string>>;

/** The whole API in one process: app, engine and store, with ids that count up and a clock that the test sets. */
export class TestApi {
  readonly app: App;
  /** In memory; unused where the test has opened another one. */
  readonly database = openMemory(() => this.#now(), testEpoch);
  /** What was logged, a JSON line each. */
  readonly log: string[] = [];
  /** The store's clock: seconds since the opening. */
  seconds = 0;
  readonly #engine: Engine;
  readonly #queries: Queries;
  #ids = 0;

  constructor({ afterCommit, settings, opened, ...parts }: TestParts = {}) {
    const { store, queries, apiKeys } = opened ?? this.database;
    this.#queries = queries;
    const newId = () => {
      this.#ids += 1;
      return String(this.#ids).padStart(26, "0");
    };
    this.#engine = new Engine({
      store,
      newBatchId: newId,
      clock: { now: () => 0 },
      ...(afterCommit && { afterCommit }),
    });
    this.app = createApp({
      engine: this.#engine,
      queries,
      apiKeys,
      clock: { now: () => this.seconds * 1000 },
      newId,
      logger: openLogger("api", "debug", { write: (line: string) => this.log.push(line) }),
      metrics: appMetrics(new Registry()),
      docsFiles,
      settings: { ...defaultSettings, ...settings },
      ...parts,
    });
  }

  /** What `/openapi.json` answers. */
  get document(): OpenApiDocument {
    return this.app.getOpenAPI31Document(openApiInfo) as unknown as OpenApiDocument;
  }

  get(path: string, headers: Headers = {}): Promise<Response> {
    return this.send("GET", path, undefined, headers);
  }

  /** Posts a value as JSON; without one, nothing at all. */
  post(path: string, body?: unknown, headers: Headers = {}): Promise<Response> {
    if (body === undefined) return this.send("POST", path, undefined, headers);
    return this.send("POST", path, JSON.stringify(body), { "content-type": "application/json", ...headers });
  }

  async send(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers: Headers,
  ): Promise<Response> {
    const response = await this.app.request(path, { method, headers, ...(body === undefined ? {} : { body }) });
    this.#expectDescribed(method, path, response.status);
    return response;
  }

  /** Fails any test in which an answer comes that `/openapi.json` does not describe. */
  #expectDescribed(method: string, path: string, status: number): void {
    described ??= describedCalls(this.document);
    const [pathname = ""] = path.split("?");
    if (callAt(described, method, pathname)?.answers.has(status) === false)
      throw new Error(`${method} ${path}: ${status} is not described`);
  }

  /** Patches with a value as JSON. */
  patch(path: string, body: unknown, headers: Headers = {}): Promise<Response> {
    return this.send("PATCH", path, JSON.stringify(body), { "content-type": "application/json", ...headers });
  }

  /** Creates a product: `tea` with 10 units by default. */
  async createProduct(product: object = {}): Promise<void> {
    await answered(201, this.post("/v1/products", { ...tea, ...product }));
  }

  /** Opens a place that holds stock. */
  async openLocation(id: string, location: object = {}): Promise<void> {
    await answered(201, this.post("/v1/locations", { id, name: id, priority: 1, ...location }));
  }

  /** Places an order of one SKU and gives its id. */
  async placeOrder(quantity = 1, more: object = {}): Promise<string> {
    const body = await answered(201, this.post("/v1/orders", { lines: [{ sku: "tea", quantity }], ...more }));
    return String(body["id"]);
  }

  /** `total/reserved/committed/available` of a product. */
  async stock(sku = "tea"): Promise<string> {
    const body = await answered(200, this.get(`/v1/products/${sku}`));
    return [body["totalStock"], body["reservedStock"], body["committedStock"], body["availableStock"]].join("/");
  }

  /** Ends the reservations that have run out, as the worker does. */
  async expireDue(): Promise<void> {
    for (const { orderId } of await this.#queries.dueReservations(await this.#queries.now(), 100)) {
      await this.#engine.submit({ type: "ExpireOrder", actor: workerActor, orderId });
    }
  }

  #now(): Instant {
    return (opening + this.seconds * 1000) as Instant;
  }

  /** Everything that is stored of the given SKUs' products, and of all orders, as text. */
  async stored(...skus: readonly string[]): Promise<string> {
    const queries = this.#queries;
    const journal = skus.map((sku) => queries.journal(sku as Sku, { limit: 1_000 }));
    return JSON.stringify(
      await Promise.all([queries.products({ limit: 1_000 }), queries.orders({}, { limit: 1_000 }), ...journal]),
    );
  }
}

let described: readonly DescribedCall[] | undefined;

/** The body of an answer that must have a status. */
export async function answered(status: number, response: Promise<Response>): Promise<Record<string, unknown>> {
  const { status: answered, ...rest } = await response.then(async (each) => ({
    status: each.status,
    text: await each.text(),
  }));
  if (answered !== status) throw new Error(`answered ${answered}, not ${status}: ${rest.text}`);
  return JSON.parse(rest.text) as Record<string, unknown>;
}

/** A body as its schema reads it and writes it again: the same where the schema describes all of it. */
export function reread<Schema extends z.ZodType>(schema: Schema, body: unknown): z.input<Schema> {
  return z.encode(schema, schema.parse(body));
}

/** An answer as `<status> <code>`. A problem must look like one: RFC 9457, with the request's id, and nothing internal. */
export async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.headers.get("content-type") !== "application/problem+json") return `${response.status} no problem`;
  const { status, code, type, title, requestId } = JSON.parse(text) as Record<string, unknown>;
  const whole =
    status === response.status &&
    type === `urn:holdfast:problem:${code}` &&
    typeof title === "string" &&
    requestId === response.headers.get("x-request-id");
  return whole ? `${status} ${code}` : `${response.status} half a problem`;
}
