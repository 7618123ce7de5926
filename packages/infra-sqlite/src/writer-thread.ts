import { parentPort, workerData } from "node:worker_threads";
import { connect } from "./connect.ts";
import { RowWriter, type WriteRequest } from "./row-writer.ts";

// The thread that writes. It gets rows, and answers what became of them; "close" ends it.

/** What it opens. */
export interface ThreadOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly pageCountMax: number | undefined;
}

const { path, busyTimeoutMs, pageCountMax } = workerData as ThreadOptions;
const db = connect(path, { busyTimeoutMs, pageCountMax });
const writer = new RowWriter(db);

parentPort?.on("message", (request: WriteRequest | "close") => {
  if (request !== "close") return parentPort?.postMessage(writer.write(request));
  db.close();
  parentPort?.close();
});
