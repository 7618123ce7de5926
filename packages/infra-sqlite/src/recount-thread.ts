import { workerData } from "node:worker_threads";
import type { LevelName, Read, Recount, Trust } from "@holdfast/domain";
import { connect } from "./connect.ts";
import { RecountReader } from "./recount-reader.ts";
import { serveThread } from "./thread.ts";
import { asOfOneMoment } from "./transaction.ts";

// The thread that recounts levels: a popular SKU has a million orders, and no request must wait for their sum.

/** What it opens. */
export interface RecountOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** A level to add up, and how far its fold is to be trusted. */
export interface RecountQuestion {
  readonly level: LevelName;
  readonly trust: Trust;
}

await serveThread<RecountQuestion, Read<Recount> | undefined>(() => {
  const { path, busyTimeoutMs } = workerData as RecountOptions;
  const db = connect(path, { busyTimeoutMs, readOnly: true });
  const reader = new RecountReader(db);
  const answer = ({ level, trust }: RecountQuestion) => asOfOneMoment(db, () => reader.read(level, trust));
  return { answer, close: () => db.close() };
});
