import { type Logger, OutageLog, type Sequencer, systemTimers, type Timers } from "@holdfast/engine";

/** The bounds of the sequencer's work, with their reasons. */
export const feedLimits = {
  /** Time between two rounds: how late the feed can be. */
  intervalMs: 250,
  /** Commits that are given their places at a time: one write of some tens of kilobytes. */
  commitsPerRound: 500,
} as const;

const texts = { failing: "the feed stands still; it goes on by itself", over: "the feed goes on" };

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
  readonly #outages: OutageLog;
  readonly #intervalMs: number;
  readonly #timers: Timers;
  #stopped = false;
  #working: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #totals = { stamped: 0, failedRounds: 0 };

  constructor({ sequencer, logger, intervalMs = feedLimits.intervalMs, timers = systemTimers }: FeedLoopParts) {
    this.#sequencer = sequencer;
    this.#outages = new OutageLog(logger, texts, { now: () => timers.now() });
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
      this.#outages.worked();
      return stamped;
    } catch (error) {
      this.#totals.failedRounds += 1;
      this.#outages.failed({ err: error });
      return 0;
    }
  }
}
