import { createApp, defaultSettings } from "@holdfast/api";
import { Engine, idsByTime, type Logger, noReservationCache } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { createWorker } from "@holdfast/worker";
import type { CheckedShop } from "./shop-checks.ts";

const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (fields, message) => console.error(message, fields),
};

/** The whole of Holdfast over the store in memory, until `stop`. */
export async function openMemoryShop(): Promise<CheckedShop & { stop(): Promise<void> }> {
  const database = openMemory();
  const newId = idsByTime();
  const engine = new Engine({ store: database.store, newBatchId: newId });
  const app = createApp({ ...database, engine, newId, logger: silent, settings: defaultSettings });
  const worker = createWorker({
    database,
    cache: noReservationCache,
    logger: silent,
    newBatchId: newId,
    sweepIntervalMs: 200,
  });
  await worker.start();
  return {
    ask: async (path, init) => await app.request(path, init),
    commitsMax: 1,
    stop: async () => {
      await worker.stop();
      await engine.close();
    },
  };
}
