import { workerData } from "node:worker_threads";
import type { LevelName, Read, Recount, Trust } from "@holdfast/domain";
import { connect } from "./connect.ts";
import { RecountReader } from "./recount-reader.ts";
import { forgetPages } from "./sqlite-errors.ts";
import { serveThread } from "./thread.ts";

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
  /** As of one moment, while others commit. */
  const answer = ({ level, trust }: RecountQuestion) => {
    db.exec("BEGIN");
    try {
      return reader.read(level, trust);
    } catch (cause) {
      forgetPages(db, cause);
      throw cause;
    } finally {
      // A disk that fails may have ended it.
      if (db.isTransaction) db.exec("COMMIT");
    }
  };
  return { answer, close: () => db.close() };
});
