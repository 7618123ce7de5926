import type { Sequencer } from "@holdfast/engine";
import type { Logger } from "@holdfast/expiry";
import { systemTimers, type Timers } from "@holdfast/expiry";

/** The bounds of the sequencer's work, with their reasons. */
export const feedLimits = {
  /** Time between two rounds: how late the feed can be. */
  intervalMs: 250,
  /** Commits that are given their places at a time: one write of some tens of kilobytes. */
  commitsPerRound: 500,
} as const;

export interface FeedLoopParts {
  readonly sequencer: Sequencer;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly timers?: Timers;
}

/** What the loop has done so far. */
export interface FeedTotals {
  readonly stamped: number;
  readonly failedRounds: number;
}

/**
 * Keeps the feed going: one round an interval, and the next one at once where there is more to do than fits into one. A
 * round that fails is logged, and the next one comes.
 */
export class FeedLoop {
  readonly #sequencer: Sequencer;
  readonly #logger: Logger;
  readonly #intervalMs: number;
  readonly #timers: Timers;
  #stopped = false;
  #working: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #failing = false;
  #totals = { stamped: 0, failedRounds: 0 };

  constructor({ sequencer, logger, intervalMs = feedLimits.intervalMs, timers = systemTimers }: FeedLoopParts) {
    this.#sequencer = sequencer;
    this.#logger = logger;
    this.#intervalMs = intervalMs;
    this.#timers = timers;
  }

  start(): void {
    this.#working = this.#work();
  }

  /** Begins no more rounds, and waits for the one under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#working;
  }

  get totals(): FeedTotals {
    return { ...this.#totals };
  }

  async #work(): Promise<void> {
    let stamped: number;
    do stamped = await this.#round();
    while (stamped >= feedLimits.commitsPerRound && !this.#stopped);
    if (!this.#stopped) this.#cancelTimer = this.#timers.after(this.#intervalMs, () => this.start());
  }

  async #round(): Promise<number> {
    try {
      const stamped = await this.#sequencer.stamp(feedLimits.commitsPerRound);
      this.#totals.stamped += stamped;
      this.#failing = false;
      return stamped;
    } catch (error) {
      this.#totals.failedRounds += 1;
      // Once an outage, which takes many rounds.
      if (!this.#failing) this.#logger.warn({ err: error }, "the feed stands still; it goes on by itself");
      this.#failing = true;
      return 0;
    }
  }
}
