import type { Instant } from "@holdfast/domain";
import type { Database, FeedEpoch } from "@holdfast/engine";
import { connect } from "./connect.ts";
import { sqliteApiKeys } from "./sqlite-api-keys.ts";
import { sqliteQueries } from "./sqlite-queries.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { sqliteTallies, tallierHere, tallierOnThread } from "./sqlite-tallies.ts";
import { writerHere, writerOnThread } from "./writer.ts";

export interface SqliteOptions {
  /** A file's path (made if it is missing, with its folder), or `:memory:`. */
  readonly path: string;
  /** How long a write waits for another process on the same file. Milliseconds. */
  readonly busyTimeoutMs?: number;
  /** How far the file may grow, in pages of 4 KiB; as far as the disk has room unless this is set. */
  readonly pageCountMax?: number;
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch;
  /** The time; this machine's unless a test sets it. */
  readonly clock?: () => Instant;
}

/** Opens the embedded database. Throws where the file cannot be opened or is not one of ours. */
export function openSqlite({
  path,
  busyTimeoutMs = 2_000,
  pageCountMax,
  epoch,
  clock = () => Date.now() as Instant,
}: SqliteOptions): Database {
  const db = connect(path, { busyTimeoutMs, pageCountMax, epoch });
  // What is in memory belongs to one connection.
  const inMemory = path === ":memory:";
  const tallier = inMemory ? tallierHere(db) : tallierOnThread({ path, busyTimeoutMs });
  const writer = inMemory ? writerHere(db) : writerOnThread({ path, busyTimeoutMs, pageCountMax });
  return {
    store: new SqliteStore(db, writer, clock),
    queries: sqliteQueries(db, sqliteTallies(db, tallier), clock),
    apiKeys: sqliteApiKeys(db),
    close: async () => {
      await Promise.all([writer.close(), tallier.close()]);
      db.close();
    },
  };
}
