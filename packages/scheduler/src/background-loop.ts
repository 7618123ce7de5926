import { type Logger, OutageLog, systemTimers, type Timers } from "@holdfast/engine";
import { schedulerLimits } from "./scheduler-limits.ts";

/** How long a loop rests after a run. */
export interface Rest {
  /** Milliseconds; `Infinity`: until it is triggered. */
  readonly restMs: number;
}

/** Background work: what a `BackgroundLoop` runs again and again. */
export interface Job<Report extends Rest = Rest> {
  /** Names its loop in the log and in metrics: lower case, with `_` between words. */
  readonly name: string;
  /** One run. Rejects where it failed. `stop` aborts when the process is to end: the run then ends as soon as it can. */
  readonly work: (stop: AbortSignal) => Promise<Report>;
  /** After each run, also a failed one, rest for at least this many times its duration. Default: 0. */
  readonly restFactor?: number;
  /** The rest that `restFactor` asks for is at most this long, in milliseconds. Default: as long as it says. */
  readonly restMsMax?: number;
  /** It only reads: a stop does not wait for a run under way. The run must change nothing once `stop` has aborted. */
  readonly leftAtStop?: boolean;
}

/** How a run can end. */
export const runOutcomes = ["ok", "failed"] as const;
type RunOutcome = (typeof runOutcomes)[number];

/** Called after each run with how it ended and how long it took. Must not throw. */
export type RunObserver = (outcome: RunOutcome, ms: number) => void;

/** The runs of a loop so far, by how they ended. */
export interface LoopTotals extends Readonly<Record<RunOutcome, number>> {
  /** Since the last run that went well; `undefined` before the first. */
  readonly sinceSuccessMs: number | undefined;
}

/** What is seen of a loop from outside. */
export interface WatchedLoop {
  readonly name: string;
  readonly totals: LoopTotals;
}

/** Shows a loop, for example in metrics. @returns the observer of its runs */
export type WatchLoop = (loop: WatchedLoop) => RunObserver;

export interface LoopParts {
  readonly logger: Pick<Logger, "warn">;
  readonly timers?: Timers;
  /** Takes the loop among those that are shown. */
  readonly watch?: WatchLoop;
}

/**
 * Runs a job for ever: as it starts, when the rest that the last run asked for is over, and at once when it is triggered. One run
 * at a time; a trigger that comes during one makes it run once more, since the run may have looked already.
 *
 * A run that fails is logged, a line in ten seconds at most, and tried again: soon at first, then less and less often.
 */
export class BackgroundLoop implements WatchedLoop {
  readonly #job: Job;
  readonly #timers: Timers;
  readonly #outages: OutageLog;
  readonly #observe: RunObserver;
  readonly #stopping = new AbortController();
  #wanted = false;
  #waiting: (() => void)[] = [];
  #working: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};
  /** When the next run begins at the latest, as far as is known. */
  #runBy = Number.POSITIVE_INFINITY;
  #succeededAt: number | undefined;
  #failedInARow = 0;
  #runs = { ok: 0, failed: 0 };

  constructor(job: Job, { logger, timers = systemTimers, watch }: LoopParts) {
    this.#job = job;
    this.#timers = timers;
    const texts = { failing: `${job.name} failed; it goes on by itself`, over: `${job.name} goes well again` };
    this.#outages = new OutageLog(logger, texts, { now: () => timers.now() });
    this.#observe = watch?.(this) ?? (() => {});
  }

  get name(): string {
    return this.#job.name;
  }

  get totals(): LoopTotals {
    const sinceSuccessMs = this.#succeededAt === undefined ? undefined : this.#timers.now() - this.#succeededAt;
    return { ...this.#runs, sinceSuccessMs };
  }

  start(): void {
    void this.trigger();
  }

  /** Asks for a run that begins after this call. Resolves when that has ended, well or not; never rejects. */
  trigger(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    const promise = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#wanted = true;
    this.#working ??= this.#work();
    return promise;
  }

  /** Makes a run begin within this many milliseconds, or as soon as the one under way ends. */
  within(ms: number): void {
    const runBy = this.#timers.now() + ms;
    if (this.#stopping.signal.aborted || runBy >= this.#runBy) return;
    this.#runBy = runBy;
    if (this.#working === undefined) this.#restUntil(runBy);
  }

  /** Rests until the next trigger. A run under way goes on, and decides itself how long to rest. */
  pause(): void {
    this.#restUntil(Number.POSITIVE_INFINITY);
  }

  /** Begins no more runs, and waits for the one under way, unless its job says otherwise. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.pause();
    if (this.#job.leftAtStop !== true) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false;
      this.pause();
      const waiting = this.#waiting;
      this.#waiting = [];
      const restMs = await this.#run();
      for (const resolve of waiting) resolve();
      if (this.#stopping.signal.aborted) break;
      if (!this.#wanted) this.#restUntil(Math.min(this.#timers.now() + restMs, this.#runBy));
    }
    for (const resolve of this.#waiting) resolve();
    this.#working = undefined;
  }

  /** @returns how long to rest */
  async #run(): Promise<number> {
    const began = this.#timers.now();
    let restMs: number;
    try {
      ({ restMs } = await this.#job.work(this.#stopping.signal));
      this.#succeeded(this.#timers.now() - began);
    } catch (error) {
      restMs = this.#failed(error, this.#timers.now() - began);
    }
    const { restFactor = 0, restMsMax = Number.POSITIVE_INFINITY } = this.#job;
    return Math.max(restMs, Math.min((this.#timers.now() - began) * restFactor, restMsMax));
  }

  #succeeded(ms: number): void {
    this.#succeededAt = this.#timers.now();
    this.#failedInARow = 0;
    this.#runs.ok += 1;
    this.#outages.worked();
    this.#observe("ok", ms);
  }

  /** @returns how long to back off. A run cut short by the stop says nothing about the work. */
  #failed(error: unknown, ms: number): number {
    if (this.#stopping.signal.aborted) return 0;
    this.#runs.failed += 1;
    this.#outages.failed({ err: error });
    this.#observe("failed", ms);
    const backOffMs = schedulerLimits.backOffMsMin * 2 ** this.#failedInARow;
    this.#failedInARow += 1;
    return Math.min(backOffMs, schedulerLimits.backOffMsMax);
  }

  #restUntil(runBy: number): void {
    this.#cancelTimer();
    this.#runBy = runBy;
    if (runBy === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#timers.after(Math.max(0, runBy - this.#timers.now()), () => void this.trigger());
  }
}
