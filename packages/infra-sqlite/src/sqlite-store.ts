import { type Batch, Bug, type Instant } from "@holdfast/domain";
import type { Commit, Store, Transaction } from "@holdfast/engine";
import { batchRows } from "./batch-rows.ts";
import { journalEnd } from "./journal-positions.ts";
import type { WriteRequest, Written } from "./row-writer.ts";
import { SnapshotReader } from "./snapshot-reader.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { isTransient, reasonOf } from "./sqlite-errors.ts";
import { asOfOneMoment } from "./transaction.ts";
import type { Writer } from "./writer.ts";

/** A decided batch, and the rows to write; `undefined` if it changes nothing. */
interface Decided {
  readonly batch: Batch;
  readonly request: WriteRequest | undefined;
}

/**
 * The embedded store. It reads and decides on this thread, and writes on another one. If another commit came in between, it decides
 * again. That is rare: the engines of one process take turns, and few files have a second process.
 *
 * Refusals and replays need no lock. They report what is on disk, since a commit can be read only once it is there.
 */
export class SqliteStore implements Store {
  readonly #db: SqlDatabase;
  readonly #reader: SnapshotReader;
  readonly #journalEnd: SqlStatement;
  readonly #writer: Writer;
  readonly #clock: () => Instant;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: SqlDatabase, writer: Writer, clock: () => Instant) {
    this.#db = db;
    this.#reader = new SnapshotReader(db);
    this.#journalEnd = db.prepare(journalEnd);
    this.#writer = writer;
    this.#clock = clock;
  }

  transact(transaction: Transaction): Promise<Commit> {
    const commit = this.#turn.then(() => this.#transact(transaction));
    this.#turn = commit;
    return commit;
  }

  async #transact(transaction: Transaction): Promise<Commit> {
    const deadline = performance.now() + transaction.timeoutMs;
    try {
      for (;;) {
        const { batch, request } = this.#decide(transaction);
        if (request === undefined) return { kind: "committed", batch };
        const written = await inTime(this.#writer.write(request), deadline);
        if (written.kind === "committed") {
          this.#reader.committed(batch);
          return { kind: "committed", batch };
        }
        if (written.kind !== "changed") return written;
        if (performance.now() > deadline) {
          return { kind: "not_committed", transient: true, cause: new Error("others went on committing first") };
        }
      }
    } catch (cause) {
      const transient = !(cause instanceof Bug) && isTransient(cause);
      return { kind: "not_committed", transient, reason: reasonOf(cause, "read"), cause };
    }
  }

  /** On one consistent read. */
  #decide({ id, commands, decide }: Transaction): Decided {
    return asOfOneMoment(this.#db, () => {
      const decidedAt = Number(this.#journalEnd.get()?.["position"]);
      const batch = decide(this.#reader.read(commands, decidedAt), commands, this.#clock());
      const rows = batchRows(id, batch);
      return { batch, request: rows && { id, rows, decidedAt } };
    });
  }
}

/** How long a write that began late may still take: far longer than a lock or a busy disk takes. */
const hangMsMin = 5_000;

/** A hanging disk must not block callers for ever: after the deadline the outcome of the write is unknown. */
async function inTime(written: Promise<Written>, deadline: number): Promise<Written> {
  const { promise: late, resolve } = Promise.withResolvers<Written>();
  const reason = "the database cannot be written: its disk does not answer";
  const timer = setTimeout(
    () => resolve({ kind: "unknown", reason, cause: new Error(reason) }),
    Math.max(hangMsMin, deadline - performance.now()),
  );
  return await Promise.race([written, late]).finally(() => clearTimeout(timer));
}
