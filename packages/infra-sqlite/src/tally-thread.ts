import { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import type { LevelName, Tally } from "@holdfast/domain";
import { TallyReader } from "./tally-reader.ts";
import { answerAsked } from "./thread.ts";

// The thread that adds levels up anew: a popular SKU has a million orders, and nobody is to wait while they are gone through.

/** What it opens. */
export interface TallyOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

const { path, busyTimeoutMs } = workerData as TallyOptions;
const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
const reader = new TallyReader(db);

/** As of one moment, while others commit. */
function tallyOf(name: LevelName): Tally | undefined {
  db.exec("BEGIN");
  try {
    return reader.read(name);
  } finally {
    db.exec("COMMIT");
  }
}

answerAsked(tallyOf, () => db.close());
