import type { Batch, Command, Instant, Snapshot } from "@holdfast/domain";

/** The pure function that a store runs between loading and committing. It may be run again after a conflict. */
export type DecideBatch = (snapshot: Snapshot, commands: readonly Command[], now: Instant) => Batch;

/** One group commit. */
export interface Transaction {
  /** 26 characters that sort by time. It names the journal entry, and fences a commit whose answer was lost. */
  readonly id: string;
  readonly commands: readonly Command[];
  readonly decide: DecideBatch;
  /** How long the store may try, conflicts and lost connections included. Milliseconds. */
  readonly timeoutMs: number;
  /**
   * To be called after each try that was lost to another transaction, once nothing is held any more. Waits for this
   * transaction's turn; false where it has been waited for, and the next try is better put off by other means.
   */
  readonly lost?: () => Promise<boolean>;
}

/**
 * What became of a transaction. A store never throws for what a database can do to it. `reason`: what is wrong with the database, in
 * words for callers: no path, no address, no secret. Left out where nothing is, as after conflicts.
 */
export type Commit =
  /** Durable, or nothing had to be written. */
  | { readonly kind: "committed"; readonly batch: Batch }
  /**
   * Certainly not written. `transient`: the database was away or too busy, so the same transaction may work later;
   * otherwise something in it cannot be read or written at all, and the rest of it may be.
   */
  | {
      readonly kind: "not_committed";
      readonly transient: boolean;
      readonly reason?: string | undefined;
      readonly cause: unknown;
    }
  /** Not known yet. It is written whole or not at all, and idempotency keys will settle which. */
  | { readonly kind: "unknown"; readonly reason?: string | undefined; readonly cause: unknown };

/**
 * Where stock, orders and the journal live. It knows no rules: it loads what a `ReadPlan` names as one consistent
 * snapshot, takes its own clock's time, runs `decide`, and commits every write and one journal entry
 * atomically, guarded by versions.
 */
export interface Store {
  /**
   * Whether a transaction may be handed over while the one before it is being written: it is decided on what that one leaves, and is
   * written after it or decided anew. Never more than two at a time. Left out: one after another.
   */
  readonly decidesAhead?: boolean;
  transact(transaction: Transaction): Promise<Commit>;
}
