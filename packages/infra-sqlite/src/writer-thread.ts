import { workerData } from "node:worker_threads";
import { connect } from "./connect.ts";
import { RowWriter } from "./row-writer.ts";
import { answerAsked } from "./thread.ts";

// The thread that writes: it gets rows, and answers what became of them.

/** What it opens. */
export interface WriterOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly pageCountMax: number | undefined;
}

const { path, ...options } = workerData as WriterOptions;
const db = connect(path, options);
const writer = new RowWriter(db);
answerAsked(
  (request: Parameters<RowWriter["write"]>[0]) => writer.write(request),
  () => db.close(),
);
