import { workerData } from "node:worker_threads";
import type { LevelName, Read, Recount, Trust } from "@holdfast/domain";
import { connect } from "./connect.ts";
import { logCopier } from "./copy-log.ts";
import { RecountReader } from "./recount-reader.ts";
import { collectStartGarbage } from "./start-garbage.ts";
import { serveThread } from "./thread.ts";
import { asOfOneMoment } from "./transaction.ts";

// The thread for what no request and no commit must wait for: it adds up levels, of which a popular one has a million orders, and copies
// the write-ahead log into the database. One does both, since a thread takes 12 MB. A long sum delays the copy, but while it is read the
// log could not be begun anew anyway.

/** What it opens. */
export interface SideWorkOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  /** Whether this process stays for long, and should take little memory meanwhile. */
  readonly serving: boolean;
}

/** A level to add up, and how far its fold is to be trusted. */
interface RecountQuestion {
  readonly level: LevelName;
  readonly trust: Trust;
}

export type SideWorkQuestion = RecountQuestion | "copyLog";

const { path, busyTimeoutMs, serving } = workerData as SideWorkOptions;
await serveThread<SideWorkQuestion, Read<Recount> | undefined>(() => {
  const db = connect(path, { busyTimeoutMs, readOnly: true });
  const reader = new RecountReader(db);
  const copying = connect(path, { busyTimeoutMs });
  const copyLog = logCopier(copying);
  return {
    answer: (question) => {
      if (question === "copyLog") return void copyLog();
      return asOfOneMoment(db, () => reader.read(question.level, question.trust));
    },
    close: () => {
      copying.close();
      db.close();
    },
  };
});
if (serving) collectStartGarbage();
