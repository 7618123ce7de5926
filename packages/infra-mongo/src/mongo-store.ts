import { type Batch, readsOf } from "@holdfast/domain";
import type { Commit, Store, StoreTime, Transaction } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { commitTransaction } from "./commit-transaction.ts";
import { duplicateKey, isConflict, isOutage, isRetryable, refusalOf, troubleOf } from "./conflicts.ts";
import { Deadline, DeadlineOver } from "./deadline.ts";
import { fence, lookUp } from "./fence.ts";
import { type Loaded, loadSnapshot } from "./load-snapshot.ts";
import { OwnCommits } from "./own-commits.ts";
import { Settler } from "./settler.ts";
import { TimedSession } from "./timed-session.ts";
import { writeBatch, writeGuess } from "./write-batch.ts";

/**
 * Kept of a transaction's time, a third of it at most, to settle a commit whose answer is lost. The driver looks at a
 * server that failed it every 500 ms, and twice of that may be needed.
 */
const fenceMsMax = 2_000;

/** The result of one try: an end, or a reason to try again. */
type Try = Commit | { readonly kind: "again"; readonly cause: unknown };

export interface MongoStoreOptions {
  /** Read before every decision. */
  readonly readFirst?: boolean | undefined;
  /** Whether programs may be running that know payments only as a list in their order's document. */
  readonly listsPayments: () => boolean;
}

/** The store on MongoDB (8.0 or later, a replica set): one batch is one multi-document transaction. */
export class MongoStore implements Store {
  readonly #collections: Collections;
  readonly #settler: Settler;
  readonly #time: StoreTime;
  readonly #listsPayments: () => boolean;
  /** Undefined: every batch begins with a read. */
  readonly #own: OwnCommits | undefined;

  constructor(collections: Collections, time: StoreTime, { readFirst = false, listsPayments }: MongoStoreOptions) {
    this.#time = time;
    this.#listsPayments = listsPayments;
    this.#collections = collections;
    this.#own = readFirst ? undefined : new OwnCommits();
    this.#settler = new Settler(collections.journal);
  }

  /** Ends within the transaction's time, whatever the database does. */
  async transact(transaction: Transaction): Promise<Commit> {
    const end = Deadline.in(transaction.timeoutMs);
    const session = new TimedSession(
      this.#collections.client,
      end.earlier(Math.min(fenceMsMax, transaction.timeoutMs / 3)),
    );
    const commit = await this.#tryUntilEnd(session, transaction, end);
    if (commit.kind === "committed") this.#own?.committed(commit.batch.writes);
    else this.#own?.forget(readsOf(transaction.commands));
    const ended = commit.kind === "committed" || !(isOutage(commit.cause) || commit.cause instanceof DeadlineOver);
    if (ended) session.close();
    else this.#settler.settleLater(session, transaction.id);
    return commit.kind === "committed" ? commit : { reason: troubleOf(commit.cause), ...commit };
  }

  close(): void {
    this.#settler.close();
  }

  async #tryUntilEnd(session: TimedSession, transaction: Transaction, end: Deadline): Promise<Commit> {
    let taken: string | undefined;
    for (let attempt = 0; ; attempt += 1) {
      // A try that was lost is decided on a read next, or a key that another batch has claimed would be run into again.
      const guess = attempt === 0 ? this.#own?.guess(transaction.commands) : undefined;
      const outcome = await this.#try(session, transaction, end, guess);
      if (guess) this.#own?.guessed(outcome.kind !== "again", transaction.commands);
      if (outcome.kind !== "again") return outcome;
      const { cause } = outcome;
      const reason = refusalOf(cause);
      if (reason !== undefined) return { kind: "not_committed", transient: true, reason, cause };
      // When it runs again, a batch sees what has taken its key, and decides differently. If not, retrying is useless.
      const duplicate = duplicateKey(cause);
      const transient = duplicate === undefined ? isRetryable(cause) : duplicate !== taken;
      if (!transient) return { kind: "not_committed", transient: false, cause };
      taken = guess ? undefined : duplicate;
      try {
        await session.abort();
        const turn =
          isConflict(cause) && (await session.deadline.within(transaction.lost?.() ?? Promise.resolve(false)));
        if (!turn) await session.deadline.backOff(attempt);
      } catch (late) {
        return { kind: "not_committed", transient: true, cause: late };
      }
      if (session.deadline.over) return { kind: "not_committed", transient: true, cause };
    }
  }

  async #try(session: TimedSession, transaction: Transaction, end: Deadline, guess: Loaded | undefined): Promise<Try> {
    const { id } = transaction;
    const listsPayments = this.#listsPayments();
    let batch: Batch;
    try {
      session.begin();
      const guessed = guess && this.#decideOn(guess, transaction);
      batch = guessed ?? (await this.#readAndDecide(session, transaction));
      if (batch.events.length > 0) {
        if (guessed && guess) await writeGuess(this.#collections, session, id, batch, guess.snapshot, listsPayments);
        else await writeBatch(this.#collections, session, id, batch, listsPayments);
      }
    } catch (cause) {
      if (cause instanceof DeadlineOver) return { kind: "not_committed", transient: true, cause };
      return { kind: "again", cause };
    }
    return batch.events.length > 0 ? this.#commit(session, id, batch, end) : readOnly(session, batch);
  }

  async #readAndDecide(session: TimedSession, { commands, decide }: Transaction): Promise<Batch> {
    const asked = performance.now();
    const loaded = await loadSnapshot(this.#collections, session, commands);
    this.#own?.read(loaded, performance.now() - asked, commands);
    return decide(loaded.snapshot, commands, this.#time.at(loaded.now));
  }

  /** The batch as decided on a guess, where writing it checks all of it: `undefined` where anything was not accepted. */
  #decideOn({ snapshot, now }: Loaded, { commands, decide }: Transaction): Batch | undefined {
    const batch = decide(snapshot, commands, this.#time.at(now));
    return batch.outcomes.every((outcome) => outcome.kind === "accepted") ? batch : undefined;
  }

  async #commit(session: TimedSession, id: string, batch: Batch, end: Deadline): Promise<Try> {
    const { journal } = this.#collections;
    const answer = await commitTransaction(session);
    if (answer.kind === "committed") return { kind: "committed", batch };
    const { cause } = answer;
    if (answer.kind === "aborted") {
      // MongoDB documents this as certain; but if a server were wrong, stock would be sold twice.
      const settled = await lookUp(journal, id, end);
      return settled === "committed" ? { kind: "committed", batch } : { kind: "again", cause };
    }
    const settled = await fence(journal, id, () => session.idleSession, end);
    if (settled === "committed") return { kind: "committed", batch };
    return settled === "void" ? { kind: "not_committed", transient: true, cause } : { kind: "unknown", cause };
  }
}

/**
 * Nothing to write. What is answered as accepted (a repeat, a replay) has to survive a failover, and a snapshot is
 * certain only when its transaction commits. A refusal promises nothing, and need not wait.
 */
async function readOnly(session: TimedSession, batch: Batch): Promise<Try> {
  if (!batch.outcomes.some(({ kind }) => kind === "accepted")) return { kind: "committed", batch };
  const answer = await commitTransaction(session);
  if (answer.kind === "committed") return { kind: "committed", batch };
  const { cause } = answer;
  return answer.kind === "aborted" ? { kind: "again", cause } : { kind: "not_committed", transient: true, cause };
}
