import {
  type Batch,
  Bug,
  type Command,
  decideBatch,
  type Failure,
  fail,
  type Outcome,
  type SubjectOf,
  succeed,
} from "@holdfast/domain";
import { type EngineLimits, engineLimits } from "./engine-limits.ts";
import { type EngineObserver, nobody, type ShedReason } from "./engine-observer.ts";
import { Gathering } from "./gathering.ts";
import type { AfterCommit } from "./hints.ts";
import { OutcomeUnknown, Overloaded, Unavailable } from "./outages.ts";
import { type Clock, systemClock } from "./ports/clock.ts";
import type { Commit, Store } from "./ports/store.ts";
import type { Turns } from "./ports/turns.ts";
import { TurnTaking } from "./turn-taking.ts";

/** An accepted command's answer. */
export interface Answer<C extends Command> {
  /** The entity that the command is about, as it is after it. */
  readonly subject: SubjectOf<C>;
  /** Its idempotency key had made it before. */
  readonly replayed: boolean;
}

/** What `submit` gives. A refusal may have been recorded: then `subject` has the record. */
export type Submitted<C extends Command> =
  | { readonly ok: true; readonly value: Answer<C> }
  | { readonly ok: false; readonly failure: Failure; readonly subject?: SubjectOf<C> };

export interface EngineParts {
  readonly store: Store;
  /** Makes batch ids: 26 characters that sort by time. */
  readonly newBatchId: () => string;
  readonly afterCommit?: AfterCommit;
  /** For processes that write the same database. */
  readonly turns?: Turns;
  readonly clock?: Clock;
  readonly limits?: Partial<EngineLimits>;
  readonly observer?: EngineObserver;
}

interface Waiting {
  readonly command: Command;
  readonly deadline: number;
  readonly settle: (outcome: Outcome) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * Group commit: while one batch commits, the next one gathers. Thousands of buyers of one SKU then cost the store one
 * transaction at a time, not one each.
 *
 * One engine is one lane: its batches commit one after another, in the order in which their commands came. Where the store decides ahead,
 * the next batch goes there while the last one is being written, as soon as half as many commands wait as that one has: smaller ones would cost more
 * commits than they save time.
 */
export class Engine {
  readonly #store: Store;
  readonly #newBatchId: () => string;
  readonly #afterCommit: AfterCommit;
  readonly #clock: Clock;
  readonly #limits: EngineLimits;
  readonly #turns: TurnTaking;
  readonly #observer: EngineObserver;
  /** In order of deadline: all wait as long. */
  #queue: Waiting[] = [];
  /** How long recent batches took, in milliseconds. */
  #batchMs = 0;
  /** When the last batch ended. */
  #endedAt = 0;
  #running: Promise<void> | undefined;
  readonly #gathering = new Gathering(() => this.#queue.length);
  #closed = false;

  constructor(parts: EngineParts) {
    this.#store = parts.store;
    this.#newBatchId = parts.newBatchId;
    this.#afterCommit = parts.afterCommit ?? (() => {});
    this.#clock = parts.clock ?? systemClock;
    this.#limits = { ...engineLimits, ...parts.limits };
    this.#turns = new TurnTaking(parts.turns);
    this.#observer = parts.observer ?? nobody;
  }

  /** Commands that wait for their turn. */
  get queued(): number {
    return this.#queue.length;
  }

  /**
   * Submits a command, and resolves with its answer. A refusal is a value.
   *
   * Throws an `Outage` where the command could not be decided (see its kinds), and what the rule threw where it has a bug.
   */
  submit<C extends Command>(command: C): Promise<Submitted<C>> {
    if (this.#closed) return Promise.reject(this.#shed("closing", "shutting down"));
    if (this.#queue.length >= this.#room()) {
      return Promise.reject(this.#shed("queue_full", `${this.#queue.length} commands are waiting already`));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({
        command,
        deadline: this.#clock.now() + this.#limits.waitMsMax,
        settle: (outcome) => {
          if (outcome.kind === "broken") {
            reject(outcome.error);
            return;
          }
          // `decideBatch` answers each command with its own kind of subject.
          const subject = outcome.subject as SubjectOf<C>;
          if (outcome.kind === "accepted") resolve(succeed({ subject, replayed: outcome.replayed }));
          else resolve({ ...fail(outcome.failure), ...(outcome.subject && { subject }) });
        },
        reject,
      });
      this.#gathering.came();
      this.#running ??= this.#run();
    });
  }

  /** Takes no more commands, and answers those it has. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // All requests that this turn of the event loop brings join the first batch.
    await nextTurn();
    let last: Promise<void> = Promise.resolve();
    while (this.#queue.length > 0) {
      const startedAt = this.#clock.now();
      // Commands that arrive while this lane waits for its turn join the batch.
      await this.#turns.begin();
      this.#shedLate();
      const batch = this.#queue.splice(0, this.#limits.batchMax);
      const ended = this.#timed(batch, startedAt);
      await last;
      await (this.#store.decidesAhead
        ? Promise.race([ended, this.#gathering.enough(Math.ceil(batch.length / 2))])
        : ended);
      last = ended;
      this.#turns.done();
      if (this.#queue.length > 0) continue;
      await last;
      // Answer the last batch before going idle, so that immediate follow-ups reuse this loop.
      if (this.#queue.length === 0) await nextTurn();
    }
    await last;
    this.#running = undefined;
  }

  async #timed(batch: readonly Waiting[], startedAt: number): Promise<void> {
    await this.#commit(batch);
    // It may have waited for the one before it.
    const batchMs = this.#clock.now() - Math.max(startedAt, this.#endedAt);
    this.#endedAt = this.#clock.now();
    // One quick batch, a small one perhaps, says little about the next full one.
    this.#batchMs = Math.max(batchMs, 0.9 * this.#batchMs);
  }

  /**
   * How many commands may wait: as many as full batches can commit before they are late, since a slow store would make more of them
   * wait for nothing. One batch may always gather.
   */
  #room(): number {
    const { queueMax, batchMax, waitMsMax } = this.#limits;
    const batches = Math.max(1, Math.floor(waitMsMax / this.#batchMs));
    return Math.min(queueMax, batches * batchMax);
  }

  /** A command that waited too long is shed before it is decided, never after. */
  #shedLate(): void {
    const now = this.#clock.now();
    const inTime = this.#queue.findIndex(({ deadline }) => deadline > now);
    const late = this.#queue.splice(0, inTime < 0 ? this.#queue.length : inTime);
    for (const { reject } of late) {
      reject(this.#shed("waited_too_long", `waited more than ${this.#limits.waitMsMax} ms for its turn`));
    }
  }

  #shed(reason: ShedReason, message: string): Overloaded {
    this.#observer.shed(reason);
    return new Overloaded(message);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    const began = this.#clock.now();
    const commit = await this.#transact(batch.map(({ command }) => command));
    this.#observer.committed({
      kind: commit.kind,
      wrote: commit.kind === "committed" && commit.batch.events.length > 0,
      reason: commit.kind === "committed" ? undefined : commit.reason,
      commands: batch.length,
      ms: this.#clock.now() - began,
    });
    switch (commit.kind) {
      case "committed":
        this.#tell(batch, commit.batch);
        return;
      case "unknown":
        for (const { reject } of batch)
          reject(new OutcomeUnknown(commit.reason ?? "the commit's answer was lost", commit));
        return;
      case "not_committed":
        if (commit.transient) {
          for (const { reject } of batch)
            reject(new Unavailable(commit.reason ?? "the database did not commit this in time", commit));
          return;
        }
        if (batch.length === 1) {
          batch[0]?.reject(
            commit.reason === undefined
              ? new Bug("the store cannot write what the rules decided", commit)
              : new Unavailable(commit.reason, commit),
          );
          return;
        }
        // Something in it cannot be written: halve, until the culprit fails alone.
        await this.#commit(batch.slice(0, batch.length >> 1));
        await this.#commit(batch.slice(batch.length >> 1));
    }
  }

  /** Answers a batch after the next one has gone to the store, so that answers are made while that one is written. */
  #tell(batch: readonly Waiting[], committed: Batch): void {
    setImmediate(() => {
      for (const [index, outcome] of committed.outcomes.entries()) batch[index]?.settle(outcome);
      this.#hint(committed);
    });
  }

  async #transact(commands: readonly Command[]): Promise<Commit> {
    try {
      const { commitMsMax } = this.#limits;
      return await this.#store.transact({
        id: this.#newBatchId(),
        commands,
        decide: decideBatch,
        timeoutMs: commitMsMax,
        lost: () => this.#turns.lost(),
      });
    } catch (cause) {
      // A store that throws breaks its contract: it may have written or not.
      return { kind: "unknown", cause };
    }
  }

  /** A hint that throws has not kept its contract either; the commit stands, and the lane goes on. */
  #hint(batch: Batch): void {
    try {
      this.#afterCommit(batch);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

/** Resolves once the callbacks that were queued with `setImmediate` so far have run. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
