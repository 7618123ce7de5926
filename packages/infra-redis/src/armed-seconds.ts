import type { Instant } from "@holdfast/domain";

/** A whole second of the clock, as seconds since 1970. */
export type Second = number;

/** Seconds remembered at most: more than an hour of them. Forgetting one costs a repeat that folds. */
const secondsMax = 4_096;

/** The second in which an instant lies. Its wake-up comes as it begins: early by less than a second, never late. */
export function secondOf(instant: Instant): Second {
  return Math.floor(instant / 1_000);
}

/** The seconds that this process has armed already, so that a thousand holds of one second cost one job. */
export class ArmedSeconds {
  readonly #armed = new Set<Second>();

  /** Those of the seconds in which `instants` lie that still have to be armed, each once. They count as armed now. */
  take(instants: readonly Instant[], nowMs: number): Second[] {
    const taken = new Set<Second>();
    for (const instant of instants) {
      const second = secondOf(instant);
      // The job of a second that has begun may be gone already: it took no notice of what came after.
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

  /** These were not armed after all. */
  forget(seconds: readonly Second[]): void {
    for (const second of seconds) this.#armed.delete(second);
  }

  /** Redis may have lost them all. */
  forgetAll(): void {
    this.#armed.clear();
  }
}
