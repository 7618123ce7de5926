import { type Database, type NewestEntries, newestEntries, newestEntriesRead, type StoreTime } from "@holdfast/engine";
import { entryOf } from "./rows.ts";
import type { SqlDatabase } from "./sql-database.ts";
import { sqliteApiKeys } from "./sqlite-api-keys.ts";
import { sqliteFolds } from "./sqlite-folds.ts";
import { expectWritten, readingOutages } from "./sqlite-outages.ts";
import { sqliteQueries } from "./sqlite-queries.ts";
import { type Recounter, sqliteRecounts } from "./sqlite-recounts.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { Writer } from "./writer.ts";

/** Who works beside the connection that reads: threads, or the same one. */
export interface DatabaseParts {
  readonly recounter: Recounter;
  readonly writer: Writer;
  /** Goes on from the newest journal entry. */
  readonly time: StoreTime;
}

/** The database on a connection to tables that are set up: the same on every driver. */
export function databaseOn(db: SqlDatabase, parts: DatabaseParts): Omit<Database, "close"> {
  const { writer, time } = parts;
  return {
    ...readsOn(db, parts),
    store: new SqliteStore(db, writer, () => time.now()),
    folds: sqliteFolds(writer),
    probe: async () => expectWritten(await writer.probe()),
  };
}

/** What is read on a connection, which may be one that cannot write. */
export function readsOn(
  db: SqlDatabase,
  { recounter, writer, time }: Omit<DatabaseParts, "writer"> & { readonly writer: Pick<Writer, "writeKey"> },
) {
  const { at, doubtful } = newestOf(db, time.now());
  time.notBefore(at);
  return {
    doubtful,
    queries: readingOutages(
      db,
      sqliteQueries(db, sqliteRecounts(db, recounter), () => time.now()),
    ),
    apiKeys: sqliteApiKeys(db, writer),
  };
}

/** By their ids, which sort by time: an entry that was moved is still one of the newest. */
function newestOf(db: SqlDatabase, clock: number): NewestEntries {
  const rows = db.prepare("SELECT id, body FROM journal ORDER BY id DESC LIMIT ?").all(newestEntriesRead);
  return newestEntries(rows.map(entryOf), clock);
}
