import { once } from "node:events";
import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import type { ThreadOptions } from "./writer-thread.ts";

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

/**
 * Writes on a thread of its own, so that this one serves requests while the disk works. The first write starts it.
 *
 * A thread that dies is a bug, and takes the process with it: what was acknowledged is on disk.
 */
export function writerOnThread(options: ThreadOptions): Writer {
  let thread: Worker | undefined;
  const started = () => new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData: options });
  return {
    write(request) {
      thread ??= started();
      const { promise, resolve } = Promise.withResolvers<Written>();
      // It answers in the order in which it was asked. While nobody asks, it keeps no process alive.
      thread.once("message", (written: Written) => {
        thread?.unref();
        resolve(written);
      });
      thread.ref();
      thread.postMessage(request);
      return promise;
    },
    async close() {
      if (thread === undefined) return;
      thread.ref();
      const exit = once(thread, "exit");
      thread.postMessage("close");
      await exit;
    },
  };
}
