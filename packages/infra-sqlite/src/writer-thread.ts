import { workerData } from "node:worker_threads";
import { Checkpoints, pagesEachTime } from "./checkpoints.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { type FoldRequest, FoldWriter } from "./fold-writer.ts";
import { LedgerTail } from "./ledger-tail.ts";
import { type KeyRequest, RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import { collectStartGarbage } from "./start-garbage.ts";
import { serveThread } from "./thread.ts";

// The thread that writes: it gets rows, and answers the result.

/** What it opens. */
export interface WriterOptions extends ConnectOptions {
  readonly path: string;
  /** Whether this process stays for long, and should take little memory meanwhile. */
  readonly serving: boolean;
  /** How long the log gets before it is copied into the file, in pages; `pagesEachTime` unless a test sets it. */
  readonly logPagesMax?: number | undefined;
}

/** The log was copied, as the writer had asked for, or that has failed. */
type LogCopied = "copied" | "notCopied";

/** A batch, a key or a fold to write, or a probe. */
export type WriterQuestion = WriteRequest | KeyRequest | FoldRequest | "probe" | LogCopied;

/** `copyLog`: the log has become long. Whoever asked has it copied beside the commits, and then says how that went. */
export interface WriterAnswer {
  readonly written: Written;
  readonly copyLog?: true;
}

const { path, serving, logPagesMax = pagesEachTime, ...options } = workerData as WriterOptions;
await serveThread<WriterQuestion, WriterAnswer>(() => {
  const db = connect(path, options);
  const writer = new RowWriter(db);
  const folds = new FoldWriter(db);
  const tail = new LedgerTail(db);
  let copying: PromiseWithResolvers<void> | undefined;
  const copy = () => {
    copying = Promise.withResolvers();
    return copying.promise;
  };
  const checkpoints = new Checkpoints(db, copy, logPagesMax);
  return {
    answer: (question) => {
      if (question === "copied" || question === "notCopied") {
        if (question === "copied") copying?.resolve();
        else copying?.reject(new Error("the log was not copied"));
        return { written: { kind: "committed" } };
      }
      const before = copying;
      const written = answerTo(writer, folds, question);
      // Once the batch is answered, while the next one is decided.
      if (written.kind === "committed" && isBatch(question)) queueMicrotask(() => tail.committed(question.id));
      void checkpoints.committed();
      return copying === before ? { written } : { written, copyLog: true };
    },
    close: () => db.close(),
  };
});
if (serving) collectStartGarbage();

function answerTo(writer: RowWriter, folds: FoldWriter, question: Exclude<WriterQuestion, LogCopied>): Written {
  if (question === "probe") return writer.probe();
  if ("level" in question) return folds.write(question);
  return isBatch(question) ? writer.write(question) : writer.writeKey(question);
}

function isBatch(question: WriterQuestion): question is WriteRequest {
  return typeof question === "object" && "rows" in question;
}
