import { assert, type Instant, levelKey } from "@holdfast/domain";
import { type ApiKeyId, type ApiKeyRecord, type FeedEpoch, idsByTime } from "@holdfast/engine";
import type { BendableDatabase } from "./bendable-database.ts";
import { memoryApiKeys } from "./memory-api-keys.ts";
import { memoryQueries } from "./memory-queries.ts";
import { MemoryStore } from "./memory-store.ts";
import { MemoryTables, type StoreClock } from "./memory-tables.ts";

/** A database in memory, which can be looked at whole. */
export interface MemoryDatabase extends BendableDatabase {
  /** All that is stored, as text: the same text exactly where nothing was written. */
  dump(): string;
}

/** A database that is gone when it is closed: for tests, with a clock and an epoch that they can set. */
export function openMemory(
  clock: StoreClock = () => Date.now() as Instant,
  epoch = idsByTime()() as FeedEpoch,
): MemoryDatabase {
  const tables = new MemoryTables();
  const apiKeys = new Map<ApiKeyId, ApiKeyRecord>();
  return {
    store: new MemoryStore(tables, clock),
    queries: memoryQueries(tables, clock, epoch),
    apiKeys: memoryApiKeys(apiKeys),
    bend: async ({ sku, locationId }, change) => {
      const key = levelKey(sku, locationId);
      const level = tables.entities.levels.get(key);
      assert(level !== undefined, `there is no level ${key} to bend`);
      tables.entities.levels.set(key, { ...level, ...change });
    },
    spoil: async (kind, id, fields) => {
      if (kind === "journal_entry") tables.spoilEntry(id, fields);
      else spoilIn(kind === "api_key" ? apiKeys : tables.tableOf(kind), id, fields);
    },
    probe: async () => {},
    close: async () => {},
    dump: () =>
      JSON.stringify([tables, apiKeys], (_name, value: unknown) => (value instanceof Map ? [...value] : value)),
  };
}

function spoilIn(table: ReadonlyMap<string, object>, id: string, fields: object): void {
  const record = table.get(id);
  assert(record !== undefined, `there is no ${id} to spoil`);
  (table as Map<string, object>).set(id, { ...record, ...fields });
}
