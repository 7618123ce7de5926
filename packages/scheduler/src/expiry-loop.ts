import { type Logger, OutageLog, systemTimers, type Timers } from "@holdfast/engine";
import { expiryLimits } from "./expiry-limits.ts";
import type { Sweep, SweepReport } from "./expiry-sweep.ts";

const texts = {
  failing: "an expiry sweep failed; the next one will make up for it",
  over: "expiry sweeps go well again",
};

export interface LoopParts {
  readonly sweep: Sweep;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly timers?: Timers;
}

/** What the loop has done so far. */
export interface LoopTotals {
  readonly sweeps: number;
  readonly failedSweeps: number;
  readonly released: number;
  /** Since the last sweep that went well; `undefined` before the first. */
  readonly sinceSweptMs: number | undefined;
}

/**
 * When to sweep: as it starts, on every trigger, when the next hold runs out, and at the latest one interval after the
 * last sweep began. One sweep at a time; a trigger that comes during one makes it run once more, since the sweep may
 * have looked already. A sweep that fails is logged, and the next one comes.
 */
export class ExpiryLoop {
  readonly #sweep: Sweep;
  readonly #logger: Logger;
  readonly #intervalMs: number;
  readonly #timers: Timers;
  readonly #outages: OutageLog;
  readonly #stopping = new AbortController();
  #wanted = false;
  #waiting: (() => void)[] = [];
  #working: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};
  #sweptAt: number | undefined;
  #totals = { sweeps: 0, failedSweeps: 0, released: 0 };

  constructor({ sweep, logger, intervalMs = expiryLimits.sweepIntervalMs, timers = systemTimers }: LoopParts) {
    this.#sweep = sweep;
    this.#logger = logger;
    this.#intervalMs = intervalMs;
    this.#timers = timers;
    this.#outages = new OutageLog(logger, texts, { now: () => timers.now() });
  }

  start(): void {
    void this.trigger();
  }

  /** Asks for a sweep that begins after this call. Resolves when it has ended, well or not; never rejects. */
  trigger(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#wanted = true;
    this.#working ??= this.#work();
    return promise;
  }

  /** Begins no more sweeps, and waits for the one under way, which ends after its present page. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer();
    await this.#working;
  }

  get totals(): LoopTotals {
    const sinceSweptMs = this.#sweptAt === undefined ? undefined : this.#timers.now() - this.#sweptAt;
    return { ...this.#totals, sinceSweptMs };
  }

  async #work(): Promise<void> {
    this.#cancelTimer();
    while (this.#wanted) {
      this.#wanted = false;
      const waiting = this.#waiting;
      this.#waiting = [];
      const startedAt = this.#timers.now();
      const report = await this.#sweepOnce();
      for (const resolve of waiting) resolve();
      if (this.#stopping.signal.aborted) break;
      if (!this.#wanted) this.#setTimer(startedAt, report?.lookAgainMs);
    }
    for (const resolve of this.#waiting) resolve();
    this.#working = undefined;
  }

  async #sweepOnce(): Promise<SweepReport | undefined> {
    try {
      const report = await this.#sweep(this.#stopping.signal);
      this.#sweptAt = this.#timers.now();
      this.#outages.worked();
      this.#totals.sweeps += 1;
      this.#totals.released += report.released;
      if (report.released > 0) this.#logger.debug(report, "released due holds");
      return report;
    } catch (error) {
      this.#totals.failedSweeps += 1;
      this.#outages.failed({ err: error });
      return undefined;
    }
  }

  #setTimer(startedAt: number, lookAgainMs = Number.POSITIVE_INFINITY): void {
    const nextRoundMs = startedAt + this.#intervalMs - this.#timers.now();
    const waitMs = Math.max(Math.min(nextRoundMs, lookAgainMs), expiryLimits.lookAgainMsMin);
    this.#cancelTimer = this.#timers.after(waitMs, () => void this.trigger());
  }
}
