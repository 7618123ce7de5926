import type { Instant } from "@holdfast/domain";
import type { Scheduler } from "../scheduler.ts";

/** When a simulation begins, so that instants look like instants. */
export const epoch = 1_800_000_000_000;

/** The store's clock: it goes with virtual time, and jumps when it is told to. */
export class StoreClock {
  readonly #time: Scheduler;
  #ahead = 0;

  constructor(time: Scheduler) {
    this.#time = time;
  }

  readonly now = (): Instant => (epoch + this.#time.now() + this.#ahead) as Instant;

  jump(ms: number): void {
    this.#ahead += ms;
  }

  /** Tells the same time as Redis again. */
  setRight(): void {
    this.#ahead = 0;
  }
}
