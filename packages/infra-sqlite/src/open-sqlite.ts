import { DatabaseSync } from "node:sqlite";
import type { Instant } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";
import { connect } from "./connect.ts";
import { sqliteApiKeys } from "./sqlite-api-keys.ts";
import { sqliteQueries } from "./sqlite-queries.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { sqliteTallies } from "./sqlite-tallies.ts";

export interface SqliteOptions {
  /** A file's path (made if it is missing, with its folder), or `:memory:`. */
  readonly path: string;
  /** How long a write waits for another process on the same file. Milliseconds. */
  readonly busyTimeoutMs?: number;
  /** How far the file may grow, in pages of 4 KiB; as far as the disk has room unless this is set. */
  readonly pageCountMax?: number;
  /** The time; this machine's unless a test sets it. */
  readonly clock?: () => Instant;
}

/** Opens the embedded database. Throws where the file cannot be opened or is not one of ours. */
export function openSqlite({
  path,
  busyTimeoutMs = 2_000,
  pageCountMax,
  clock = () => Date.now() as Instant,
}: SqliteOptions): Database {
  const db = connect(path, busyTimeoutMs);
  if (pageCountMax !== undefined) db.exec(`PRAGMA max_page_count = ${pageCountMax}`);
  // What is in memory belongs to one connection.
  const tallyDb = path === ":memory:" ? undefined : new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
  return {
    store: new SqliteStore(db, clock),
    queries: sqliteQueries(db, sqliteTallies(db, tallyDb), clock),
    apiKeys: sqliteApiKeys(db),
    close: async () => {
      tallyDb?.close();
      db.close();
    },
  };
}
