import { setTimeout as sleep } from "node:timers/promises";

/** Thrown when a step has not ended by its deadline. The step itself may still go on. */
export class DeadlineOver extends Error {
  override readonly name = "DeadlineOver";
}

/** A point in time by which something has to end, whatever a server does. */
export class Deadline {
  #at: number;

  private constructor(at: number) {
    this.#at = at;
  }

  static in(ms: number): Deadline {
    return new Deadline(performance.now() + ms);
  }

  /** The same deadline, `ms` milliseconds earlier. */
  earlier(ms: number): Deadline {
    return new Deadline(this.#at - ms);
  }

  /** The same, or `ms` milliseconds from now where that is sooner. */
  noLaterThanIn(ms: number): Deadline {
    return new Deadline(Math.min(this.#at, performance.now() + ms));
  }

  /** Ends it now: retries until then stop. */
  end(): void {
    this.#at = Number.NEGATIVE_INFINITY;
  }

  /** At least 1: to a server, 0 means "no limit". */
  get remainingMs(): number {
    return Math.max(1, Math.ceil(this.#at - performance.now()));
  }

  get over(): boolean {
    return performance.now() >= this.#at;
  }

  /** The step's result. Rejects with `DeadlineOver` if it is late; a later result is dropped. */
  async within<T>(step: Promise<T>): Promise<T> {
    const timer = new AbortController();
    const late = sleep(this.remainingMs, undefined, { signal: timer.signal }).then(() => {
      throw new DeadlineOver("the database did not answer in time");
    });
    try {
      return await Promise.race([step, late]);
    } finally {
      timer.abort();
      late.catch(() => {});
    }
  }

  /** Waits before another try: longer after each, and for a random time, unlike another process that lost the same race. */
  async backOff(attempt: number): Promise<void> {
    const ms = Math.random() * Math.min(backOffMsMax, 4 * 2 ** Math.min(attempt, 10));
    await sleep(Math.min(ms, this.remainingMs));
  }
}

/** A conflict is over as soon as the other transaction is: a few dozen milliseconds. */
const backOffMsMax = 100;
