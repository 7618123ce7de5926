import type { Instant } from "@holdfast/domain";
import { type ExpiryWakeups, systemTimers, type Timers, type WakeupListener } from "@holdfast/engine";

/**
 * Wake-ups for an API and a worker that share a process, and with it the store's clock. It remembers only the earliest
 * instant: the sweep that it wakes looks up what comes next by itself.
 */
export class InProcessWakeups implements ExpiryWakeups, WakeupListener {
  readonly #timers: Timers;
  readonly #now: () => number;
  #wake: (() => Promise<void>) | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #earliest = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => {};

  /** `now`: the store's clock, milliseconds since 1970. */
  constructor(now: () => number = Date.now, timers: Timers = systemTimers) {
    this.#now = now;
    this.#timers = timers;
  }

  arm(instants: readonly Instant[]): void {
    // Without a listener there is nothing to wake: a worker starts with a sweep of its own.
    if (this.#wake === undefined) return;
    let earliest = this.#earliest;
    for (const instant of instants) if (instant < earliest) earliest = instant;
    if (earliest === this.#earliest) return;
    this.#earliest = earliest;
    this.#cancelTimer();
    this.#cancelTimer = this.#timers.after(Math.max(0, earliest - this.#now()), () => this.#fire());
  }

  async listen(wake: () => Promise<void>): Promise<() => Promise<void>> {
    this.#wake = wake;
    return async () => {
      this.#wake = undefined;
      this.#earliest = Number.POSITIVE_INFINITY;
      this.#cancelTimer();
      await this.#underWay;
    };
  }

  #fire(): void {
    this.#earliest = Number.POSITIVE_INFINITY;
    if (this.#wake !== undefined) this.#underWay = this.#wake();
  }
}
