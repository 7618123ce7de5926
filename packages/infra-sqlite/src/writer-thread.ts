import { workerData } from "node:worker_threads";
import type { CheckpointOptions } from "./checkpoint-thread.ts";
import { Checkpoints } from "./checkpoints.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { RowWriter, type WriteRequest } from "./row-writer.ts";
import { answerAsked, Thread } from "./thread.ts";

// The thread that writes: it gets rows, and answers what became of them.

/** What it opens. */
export interface WriterOptions extends ConnectOptions {
  readonly path: string;
}

const { path, ...options } = workerData as WriterOptions;
const db = connect(path, options);
const writer = new RowWriter(db);
const copying: CheckpointOptions = { path, busyTimeoutMs: options.busyTimeoutMs };
const copier = new Thread<"copy", void>(new URL("./checkpoint-thread.ts", import.meta.url), copying);
const checkpoints = new Checkpoints(db, () => copier.ask("copy"));

answerAsked(
  (request: WriteRequest) => {
    const written = writer.write(request);
    void checkpoints.committed();
    return written;
  },
  async () => {
    await copier.close();
    db.close();
  },
);
