import type { Scheduler } from "../scheduler.ts";

/** What delays releases: until when, with the faults under way, no worker can be expected to have swept. */
export class Hindrances {
  readonly #time: Scheduler;
  readonly #workers = new Map<string, number>();
  #all = 0;
  #hints = Number.POSITIVE_INFINITY;

  constructor(time: Scheduler) {
    this.#time = time;
  }

  /** This worker's sweep has failed, or it does nothing before `until`. */
  worker(name: string, until: number = this.#time.now()): void {
    this.#workers.set(name, until);
  }

  /** No process gets anything done for this long. */
  everyone(ms: number): void {
    this.#all = Math.max(this.#all, this.#time.now() + ms);
  }

  /** From now on every new reservation gets its wake-up. */
  hintsMended(): void {
    this.#hints = this.#time.now();
  }

  /** Since when at least one worker could sweep. Milliseconds; may lie ahead. */
  get sweepsSince(): number {
    return Math.max(this.#all, Math.min(...this.#workers.values()));
  }

  /** Since when every reservation gets its wake-up. */
  get hintsSince(): number {
    return Math.max(this.#hints, this.sweepsSince);
  }
}
