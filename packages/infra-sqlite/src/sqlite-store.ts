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

/** A batch that is being written, and the last position of the journal before it. */
interface UnderWay {
  /** Of its journal entry. */
  readonly id: string;
  readonly batch: Batch;
  readonly decidedAt: number;
}

/** A transaction that was handed over, until it has ended. */
interface Flight {
  readonly ended: Promise<unknown>;
  /** Settles once it is being written, or has ended: then the next one may be decided. */
  readonly decided: Promise<unknown>;
  writing: UnderWay | undefined;
}

const landed: Flight = { ended: Promise.resolve(), decided: Promise.resolve(), writing: undefined };

/**
 * The embedded store. It reads and decides on this thread, and writes on another one. If another commit came in between, it decides
 * again. That is rare: the engines of one process take turns, and few files have a second process.
 *
 * While one batch is being written, the next one is decided on what that one leaves, and its rows wait at the writer. It is written only
 * behind that very batch, and decided anew if that is not written.
 *
 * Refusals and replays need no lock. They report what is on disk, since a commit can be read only once it is there.
 */
export class SqliteStore implements Store {
  readonly decidesAhead = true;
  readonly #db: SqlDatabase;
  readonly #reader: SnapshotReader;
  readonly #journalEnd: SqlStatement;
  readonly #writer: Writer;
  readonly #clock: () => Instant;
  /** The transaction that was handed over last, and the one before it. */
  #last = landed;
  #lastButOne = landed;

  constructor(db: SqlDatabase, writer: Writer, clock: () => Instant) {
    this.#db = db;
    this.#reader = new SnapshotReader(db);
    this.#journalEnd = db.prepare(journalEnd);
    this.#writer = writer;
    this.#clock = clock;
  }

  transact(transaction: Transaction): Promise<Commit> {
    const [before, oldest] = [this.#last, this.#lastButOne];
    const decided = Promise.withResolvers<void>();
    const ended = Promise.all([before.decided, oldest.ended])
      .then(() => this.#transact(transaction, flight, before, decided.resolve))
      .finally(decided.resolve);
    const flight: Flight = { ended, decided: decided.promise, writing: undefined };
    this.#lastButOne = before;
    this.#last = flight;
    return ended;
  }

  async #transact(transaction: Transaction, flight: Flight, before: Flight, decided: () => void): Promise<Commit> {
    const deadline = performance.now() + transaction.timeoutMs;
    try {
      for (;;) {
        const next = this.#decide(transaction, before.writing);
        if (next === undefined) {
          await before.ended;
          continue;
        }
        const { batch, request } = next;
        if (request === undefined) return { kind: "committed", batch };
        flight.writing = { id: request.id, batch, decidedAt: request.decidedAt };
        const writing = inTime(this.#writer.write(request), deadline);
        decided();
        const written = await writing;
        flight.writing = undefined;
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

  /** On one consistent read, and on what a batch under way makes of it. `undefined` where that batch has to be there first. */
  #decide(transaction: Transaction, underWay: UnderWay | undefined): Decided | undefined {
    return asOfOneMoment(this.#db, () => {
      const end = Number(this.#journalEnd.get()?.["position"]);
      // Otherwise it is there already, or another process came before it.
      const isAhead = underWay?.decidedAt === end;
      return isAhead ? this.#decideBehind(transaction, underWay) : this.#decideHere(transaction, end);
    });
  }

  #decideHere({ id, commands, decide }: Transaction, decidedAt: number): Decided {
    const batch = decide(this.#reader.read(commands, decidedAt), commands, this.#clock());
    const rows = batchRows(id, batch);
    return { batch, request: rows && { id, rows, decidedAt } };
  }

  /** A batch without rows waits: its answers may say what the one under way has yet to write. */
  #decideBehind({ id, commands, decide }: Transaction, underWay: UnderWay): Decided | undefined {
    const snapshot = this.#reader.readAhead(commands, underWay.decidedAt, underWay.batch.writes);
    if (snapshot === undefined) return undefined;
    const batch = decide(snapshot, commands, this.#clock());
    const rows = batchRows(id, batch);
    return rows && { batch, request: { id, rows, decidedAt: underWay.decidedAt + 1, behind: underWay.id } };
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
