import { assert, type Instant, type LevelName, levelKey, type RecordKind, type StoredLevel } from "@holdfast/domain";
import { type ApiKeyId, type ApiKeyRecord, type Database, type FeedEpoch, idsByTime } from "@holdfast/engine";
import { memoryApiKeys } from "./memory-api-keys.ts";
import { memoryFolds } from "./memory-folds.ts";
import { memoryQueries } from "./memory-queries.ts";
import { MemoryStore } from "./memory-store.ts";
import { MemoryTables, type StoreClock } from "./memory-tables.ts";

/** A database in memory, which can be looked at whole. */
export interface MemoryDatabase extends Database {
  /** Edits a level behind the store's back. */
  readonly editLevel: (level: LevelName, change: Partial<StoredLevel>) => Promise<void>;
  /** Deletes a level behind the store's back. */
  readonly deleteLevel: (level: LevelName) => Promise<void>;
  /** Writes fields over a record behind the store's back, whatever they hold. */
  readonly corrupt: (kind: RecordKind, id: string, fields: Readonly<Record<string, unknown>>) => Promise<void>;
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
    folds: memoryFolds(tables),
    editLevel: async ({ sku, locationId }, change) => {
      const key = levelKey(sku, locationId);
      const level = tables.entities.levels.get(key);
      assert(level !== undefined, `there is no level ${key} to editLevel`);
      tables.entities.levels.set(key, { ...level, ...change });
    },
    deleteLevel: async ({ sku, locationId }) => {
      tables.entities.levels.delete(levelKey(sku, locationId));
    },
    corrupt: async (kind, id, fields) => {
      if (kind === "journal_entry") tables.corruptEntry(id, fields);
      else corruptIn(kind === "api_key" ? apiKeys : tables.tableOf(kind), id, fields);
    },
    probe: async () => {},
    close: async () => {},
    dump: () =>
      JSON.stringify([tables, apiKeys], (_name, value: unknown) => (value instanceof Map ? [...value] : value)),
  };
}

function corruptIn(table: ReadonlyMap<string, object>, id: string, fields: object): void {
  const record = table.get(id);
  assert(record !== undefined, `there is no ${id} to corrupt`);
  (table as Map<string, object>).set(id, { ...record, ...fields });
}
