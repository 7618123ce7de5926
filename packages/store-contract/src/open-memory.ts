import type { Instant } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";
import { memoryApiKeys } from "./memory-api-keys.ts";
import { memoryQueries } from "./memory-queries.ts";
import { MemoryStore } from "./memory-store.ts";
import { MemoryTables, type StoreClock } from "./memory-tables.ts";

/** A database that is gone when it is closed: for tests, with a clock that they can set. */
export function openMemory(clock: StoreClock = () => Date.now() as Instant): Database {
  const tables = new MemoryTables();
  return {
    store: new MemoryStore(tables, clock),
    queries: memoryQueries(tables, clock),
    apiKeys: memoryApiKeys(),
    close: async () => {},
  };
}
