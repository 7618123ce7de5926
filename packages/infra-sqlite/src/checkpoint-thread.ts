import { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import type { LogPages } from "./checkpoints.ts";
import { answerAsked } from "./thread.ts";

// The thread that copies the write-ahead log into the database, while others commit.

/** What it opens. */
export interface CheckpointOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** So few pages are soon copied by the thread that commits. */
const pagesLeftMax = 200;

/** Where a reader keeps the log from being copied, more rounds would not help. */
const roundsMax = 8;

const { path, busyTimeoutMs } = workerData as CheckpointOptions;
const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
db.exec("PRAGMA synchronous = FULL");
const copy = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
const look = db.prepare("PRAGMA wal_checkpoint(NOOP)");

/** Each round copies what was committed during the one before it. */
function copyMost(): void {
  for (let round = 0; round < roundsMax; round += 1) {
    copy.get();
    const { log, checkpointed } = look.get() as unknown as LogPages;
    if (log - checkpointed <= pagesLeftMax) return;
  }
}

answerAsked(copyMost, () => db.close());
