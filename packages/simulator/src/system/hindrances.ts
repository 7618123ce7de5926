import type { Scheduler } from "../scheduler.ts";

/** What holds releases up, as the faults under way say: until when no worker can be expected to have swept. */
export class Hindrances {
  readonly #time: Scheduler;
  readonly #workers = new Map<string, number>();
  #all = 0;
  #hints = Number.POSITIVE_INFINITY;

  constructor(time: Scheduler) {
    this.#time = time;
  }

  /** What this worker was doing has come to nothing; or it does nothing before `until`. */
  worker(name: string, until: number = this.#time.now()): void {
    this.#workers.set(name, until);
  }

  /** Nobody gets anything done for so long. */
  everyone(ms: number): void {
    this.#all = Math.max(this.#all, this.#time.now() + ms);
  }

  /** From now on every reservation that is placed gets its wake-up. */
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
