import { type Database, StoreTime } from "@holdfast/engine";
import { connect } from "./connect.ts";
import { readsOn } from "./database-on.ts";
import { withItsClass } from "./side-work-on-thread.ts";
import type { Recounter } from "./sqlite-recounts.ts";
import type { Writer } from "./writer.ts";

/** What a reader leaves to the process's one writer and recounter. Of answers that come by another thread, classes may be lost. */
export type SqliteHelpers = Pick<Recounter, "recountOf"> & Pick<Writer, "writeKey">;

/** What a thread needs of the database when another one has the store. */
export interface SqliteReader extends Pick<Database, "queries" | "apiKeys"> {
  close(): void;
}

/** How long a read may wait for the file. Reads wait only while another process recovers the log. Milliseconds. */
const busyTimeoutMs = 2_000;

/**
 * Reads a file that this process serves already, on a connection of this thread. It sees every commit that has been acknowledged.
 *
 * Throws where the file cannot be opened.
 */
export function openSqliteReader(path: string, { recountOf, writeKey }: SqliteHelpers): SqliteReader {
  const db = connect(path, { busyTimeoutMs, readOnly: true });
  const recounter: Recounter = {
    recountOf: async (level, trust) => withItsClass(await recountOf(level, trust)),
    close: async () => {},
  };
  const { queries, apiKeys } = readsOn(db, { recounter, writer: { writeKey }, time: new StoreTime() });
  return { queries, apiKeys, close: () => db.close() };
}
