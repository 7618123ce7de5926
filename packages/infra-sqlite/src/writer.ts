import type { DatabaseSync } from "node:sqlite";
import { type FoldRequest, FoldWriter } from "./fold-writer.ts";
import { type KeyRequest, RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import { reasonOf } from "./sqlite-errors.ts";
import { moduleBeside, Thread, ThreadGone } from "./thread.ts";
import type { WriterOptions, WriterQuestion } from "./writer-thread.ts";

/** Writes one batch after another. Never rejects. */
export interface Writer {
  write(request: WriteRequest): Promise<Written>;
  writeKey(request: KeyRequest): Promise<Written>;
  writeFold(request: FoldRequest): Promise<Written>;
  /** Writes a tiny probe, the same way as a batch. */
  probe(): Promise<Written>;
  close(): Promise<void>;
}

/** Writes on a connection of this thread, since a database in memory belongs to one connection. */
export function writerHere(db: DatabaseSync): Writer {
  const writer = new RowWriter(db);
  const folds = new FoldWriter(db);
  return {
    write: async (request) => writer.write(request),
    writeKey: async (request) => writer.writeKey(request),
    writeFold: async (request) => folds.write(request),
    probe: async () => writer.probe(),
    close: async () => {},
  };
}

/** Writes on a thread of its own, so that this one serves requests while the disk works. Rejects where it cannot be opened. */
export async function writerOnThread(options: WriterOptions): Promise<Writer> {
  const module = moduleBeside(import.meta.url, "./writer-thread");
  const thread = await Thread.open<WriterQuestion, Written>(module, options);
  return {
    write: (request) => thread.ask(request).catch(notAnswered),
    writeKey: (request) => thread.ask(request).catch(notAnswered),
    writeFold: (request) => thread.ask(request).catch(notAnswered),
    probe: () => thread.ask("probe").catch(notAnswered),
    close: () => thread.close(),
  };
}

/** A thread that had the question may have written before it ended. */
function notAnswered(cause: unknown): Written {
  const reason = reasonOf(cause, "written");
  if (cause instanceof ThreadGone && !cause.asked) return { kind: "not_committed", transient: true, reason, cause };
  return { kind: "unknown", reason, cause };
}
