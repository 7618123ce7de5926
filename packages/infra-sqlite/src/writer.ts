import type { DatabaseSync } from "node:sqlite";
import { RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import { Thread } from "./thread.ts";
import type { WriterOptions } from "./writer-thread.ts";

/** Writes one batch after another. */
export interface Writer {
  write(request: WriteRequest): Promise<Written>;
  close(): Promise<void>;
}

/** Writes on a connection of this thread: what is in memory belongs to one connection. */
export function writerHere(db: DatabaseSync): Writer {
  const writer = new RowWriter(db);
  return { write: async (request) => writer.write(request), close: async () => {} };
}

/** Writes on a thread of its own, so that this one serves requests while the disk works. */
export function writerOnThread(options: WriterOptions): Writer {
  const thread = new Thread<WriteRequest, Written>(new URL("./writer-thread.ts", import.meta.url), options);
  return { write: (request) => thread.ask(request), close: () => thread.close() };
}
