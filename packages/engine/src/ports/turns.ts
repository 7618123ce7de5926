/** One lane's turn to commit, among all processes that take turns. */
export interface Turn {
  /** Counts the turns of all processes: one more than this lane's last one means that no other process came between. */
  readonly number: number;
  /** Lets the next one begin. Returns at once; what goes wrong is its own affair. */
  done(): void;
}

/**
 * Lets processes that lose their batches to each other commit one after another, in the order in which they ask.
 *
 * A hint: the store's guards decide, and nothing is wrong with a commit out of turn except that it may be lost work.
 */
export interface Turns {
  /** Waits for a turn; `undefined` where none could be had in time. Never throws. */
  take(): Promise<Turn | undefined>;
  /** Asks all processes to take turns for a second, after a commit was lost. Returns at once. */
  request(): void;
  /** Whether a process has requested turns. A look in the background refreshes it. */
  readonly requested: boolean;
}
