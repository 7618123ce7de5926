import type { Instant } from "@holdfast/domain";

/** A whole second of the clock, as seconds since 1970. */
export type Second = number;

/** How many seconds are remembered: more than an hour. Forgetting one costs a repeated job, which BullMQ drops. */
const secondsMax = 4_096;

/** The second in which an instant lies. Its wake-up fires at the start of the second: early by less than a second, never late. */
export function secondOf(instant: Instant): Second {
  return Math.floor(instant / 1_000);
}

/** The seconds that this process has armed already, so that a thousand reservations of one second cost one job. */
export class ArmedSeconds {
  readonly #armed = new Set<Second>();

  /** The seconds of `instants` that still have to be armed, each once. They count as armed from now on. */
  take(instants: readonly Instant[], nowMs: number): Second[] {
    const taken = new Set<Second>();
    for (const instant of instants) {
      const second = secondOf(instant);
      // The job of a second that has begun may already have run, and would miss this instant.
      if (second * 1_000 > nowMs && this.#armed.has(second)) continue;
      taken.add(second);
      this.#armed.add(second);
    }
    for (const oldest of this.#armed) {
      if (this.#armed.size <= secondsMax) break;
      this.#armed.delete(oldest);
    }
    return [...taken];
  }

  /** Arming these failed: forget them. */
  forget(seconds: readonly Second[]): void {
    for (const second of seconds) this.#armed.delete(second);
  }

  /** Forgets all, since Redis may have lost them. */
  forgetAll(): void {
    this.#armed.clear();
  }
}
