import { createApp, defaultSettings } from "@holdfast/api";
import { Engine, idsByTime } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { openLogger } from "@holdfast/runtime";
import { type ClientOptions, type HoldfastClient, holdfastClient } from "./holdfast-client.ts";

/** The API over a store in memory, without a socket. */
export function testShop() {
  const newId = idsByTime();
  const database = openMemory();
  const engine = new Engine({ store: database.store, newBatchId: newId });
  const app = createApp({
    ...database,
    engine,
    newId,
    logger: openLogger("api", "silent"),
    settings: defaultSettings,
  });
  return { app, engine, database };
}

type Network = (request: Request, send: (request: Request) => Promise<Response>) => Promise<Response>;

/** A client of a shop of its own with 10 teas, over a network that a test can disturb. */
export async function shopAndClient(
  options: Partial<ClientOptions> = {},
  network: Network = (request, send) => send(request),
) {
  const shop = testShop();
  const send = async (request: Request) => await shop.app.fetch(request);
  const client: HoldfastClient = holdfastClient({
    url: "http://localhost:3000",
    fetch: (request) => network(request, send),
    ...options,
  });
  const price = { amount: 450, currency: "EUR" } as const;
  await shop.app.request("/v1/products", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sku: "tea", name: "Green tea", price, totalStock: 10 }),
  });
  return { ...shop, client };
}
