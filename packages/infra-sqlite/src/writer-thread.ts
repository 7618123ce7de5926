import { workerData } from "node:worker_threads";
import type { CheckpointOptions } from "./checkpoint-thread.ts";
import { Checkpoints } from "./checkpoints.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { type FoldRequest, FoldWriter } from "./fold-writer.ts";
import { type KeyRequest, RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import { moduleBeside, serveThread, Thread } from "./thread.ts";

// The thread that writes: it gets rows, and answers the result.

/** What it opens. */
export interface WriterOptions extends ConnectOptions {
  readonly path: string;
}

/** A batch, a key or a fold to write, or a probe. */
export type WriterQuestion = WriteRequest | KeyRequest | FoldRequest | "probe";

await serveThread<WriterQuestion, Written>(async () => {
  const { path, ...options } = workerData as WriterOptions;
  const copying: CheckpointOptions = { path, busyTimeoutMs: options.busyTimeoutMs };
  const opening = Thread.open<"copy", void>(moduleBeside(import.meta.url, "./checkpoint-thread"), copying);
  const db = connect(path, options);
  const writer = new RowWriter(db);
  const folds = new FoldWriter(db);
  const copier = await opening;
  const checkpoints = new Checkpoints(db, () => copier.ask("copy"));
  return {
    answer: (question) => {
      const written = answerTo(writer, folds, question);
      void checkpoints.committed();
      return written;
    },
    close: async () => {
      await copier.close();
      db.close();
    },
  };
});

function answerTo(writer: RowWriter, folds: FoldWriter, question: WriterQuestion): Written {
  if (question === "probe") return writer.probe();
  if ("level" in question) return folds.write(question);
  return "statement" in question ? writer.writeKey(question) : writer.write(question);
}
