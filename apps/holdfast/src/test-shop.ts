import { createApp, defaultSettings, type Serving, serve } from "@holdfast/api";
import { type HoldfastClient, holdfastClient } from "@holdfast/client";
import { Engine, idsByTime } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { openLogger } from "@holdfast/runtime";

/** The API over a store in memory, without a socket, and a client of it. */
export interface TestShop {
  readonly app: ReturnType<typeof createApp>;
  readonly client: HoldfastClient;
}

export function testShop(): TestShop {
  const newId = idsByTime();
  const database = openMemory();
  const engine = new Engine({ store: database.store, newBatchId: newId });
  const logger = openLogger("api", "silent");
  const app = createApp({ ...database, engine, newId, logger, settings: defaultSettings });
  const client = holdfastClient({ url: "http://localhost:3000", fetch: async (request) => await app.fetch(request) });
  return { app, client };
}

/** A test shop on a port. */
export function serveTestShop({ app }: TestShop): Promise<Serving> {
  return serve(app, { port: 0, host: "127.0.0.1" });
}
