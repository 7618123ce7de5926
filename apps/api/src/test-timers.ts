import type { After } from "./feed-watch.ts";

/** For tests: time that passes only when it is told to. */
export class TestTimers {
  readonly #timers = new Map<() => void, number>();
  #now = 0;

  readonly after: After = (ms, call) => {
    const timer = () => call();
    this.#timers.set(timer, this.#now + ms);
    return () => void this.#timers.delete(timer);
  };

  /** Timers that wait for their time. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass, timer by timer, and what each has set off come to its end. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let next = this.#next(); next !== undefined && next[1] <= end; next = this.#next()) {
      const [timer, at] = next;
      this.#timers.delete(timer);
      this.#now = at;
      timer();
      await settled();
    }
    this.#now = end;
  }

  #next(): [() => void, number] | undefined {
    return [...this.#timers].sort((a, b) => a[1] - b[1])[0];
  }
}

/** Until all that needs no time has happened: a request, its commit and its answer take a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
