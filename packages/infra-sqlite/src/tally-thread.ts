import { workerData } from "node:worker_threads";
import type { LevelName, Read, Tally } from "@holdfast/domain";
import { connect } from "./connect.ts";
import { forgetPages } from "./sqlite-errors.ts";
import { TallyReader } from "./tally-reader.ts";
import { serveThread } from "./thread.ts";

// The thread that adds levels up anew: a popular SKU has a million orders, and no request is to wait while they are gone through.

/** What it opens. */
export interface TallyOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

await serveThread<LevelName, Read<Tally> | undefined>(() => {
  const { path, busyTimeoutMs } = workerData as TallyOptions;
  const db = connect(path, { busyTimeoutMs, readOnly: true });
  const reader = new TallyReader(db);
  /** As of one moment, while others commit. */
  const answer = (name: LevelName) => {
    db.exec("BEGIN");
    try {
      return reader.read(name);
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
