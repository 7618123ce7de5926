import { workerData } from "node:worker_threads";
import { type ConnectOptions, connect } from "./connect.ts";
import { RowWriter, type WriteRequest } from "./row-writer.ts";
import { answerAsked } from "./thread.ts";

// The thread that writes: it gets rows, and answers what became of them.

/** What it opens. */
export interface WriterOptions extends ConnectOptions {
  readonly path: string;
}

const { path, ...options } = workerData as WriterOptions;
const db = connect(path, options);
const writer = new RowWriter(db);
answerAsked(
  (request: WriteRequest) => writer.write(request),
  () => db.close(),
);
