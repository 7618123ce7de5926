import type { Instant } from "@holdfast/domain";
import type { Scheduler } from "../scheduler.ts";

/** The instant at which a simulation begins. */
export const epoch = 1_800_000_000_000;

/** The store's clock: it follows virtual time, and jumps on request. */
export class StoreClock {
  readonly #time: Scheduler;
  #ahead = 0;

  constructor(time: Scheduler) {
    this.#time = time;
  }

  /** The latest time that it has shown. */
  latest = epoch;

  readonly now = (): Instant => {
    const now = epoch + this.#time.now() + this.#ahead;
    this.latest = Math.max(this.latest, now);
    return now as Instant;
  };

  jump(ms: number): void {
    this.#ahead += ms;
  }

  /** Shows the same time as Redis again. */
  setRight(): void {
    this.#ahead = 0;
  }
}
