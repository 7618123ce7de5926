import type { Instant } from "@holdfast/domain";
import type { Timers } from "@holdfast/engine";

/** For tests: a store's clock that starts in this year, so that instants look like instants. */
const epoch = 1_800_000_000_000;

/** For tests: time that passes only when a test says so. Timers and a store's clock run on it alike. */
export class VirtualTimers implements Timers {
  /** Waits until what a timer has set off is over. */
  settled: () => Promise<void> = async () => {};
  readonly #timers = new Map<() => void, number>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  /** The same time as a store's clock tells it. */
  readonly instant = (): Instant => (epoch + this.#now) as Instant;

  after(ms: number, call: () => void): () => void {
    const timer = () => call();
    this.#timers.set(timer, this.#now + ms);
    return () => void this.#timers.delete(timer);
  }

  /** Timers that wait for their time. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settled();
    for (let next = this.#next(); next !== undefined && next[1] <= end; next = this.#next()) {
      const [timer, at] = next;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, at);
      timer();
      await this.settled();
    }
    this.#now = end;
  }

  /** Lets time go by in the middle of something: timers that are due wait until it is over. */
  spend(ms: number): void {
    this.#now += ms;
  }

  #next(): [() => void, number] | undefined {
    return [...this.#timers].sort((a, b) => a[1] - b[1])[0];
  }
}

/** For tests: timers that let all that one of them has set off happen before time goes on. */
export function settlingTimers(): VirtualTimers {
  const timers = new VirtualTimers();
  timers.settled = settled;
  return timers;
}

/** Until all that needs no time has happened: a request, its commit and its answer take a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
