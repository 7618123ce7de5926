import type { Queries } from "@holdfast/engine";

/** Calls back once after so many milliseconds, unless the returned function is called first. */
export type After = (ms: number, call: () => void) => () => void;

/** The process's own time. It keeps no process alive. */
export const systemAfter: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Between two looks at the feed's end, and so how late a waiting reader hears of an event. */
const lookMs = 200;

/** Tells readers at the end of the feed that it goes on. One look at the database serves all who wait. */
export class FeedWatch {
  readonly #queries: Pick<Queries, "feedEnd">;
  readonly #after: After;
  readonly #waiting = new Set<{ readonly position: number; readonly go: () => void }>();
  #looking = false;

  constructor(queries: Pick<Queries, "feedEnd">, after: After) {
    this.#queries = queries;
    this.#after = after;
  }

  /** Whether the feed has come to `position`: false after `ms`, or as soon as `signal` aborts. Never rejects. */
  reached(position: number, ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (reached: boolean) => {
        this.#waiting.delete(waiter);
        cancel();
        signal.removeEventListener("abort", giveUp);
        resolve(reached);
      };
      const giveUp = () => end(false);
      const waiter = { position, go: () => end(true) };
      const cancel = this.#after(ms, giveUp);
      signal.addEventListener("abort", giveUp);
      this.#waiting.add(waiter);
      this.#lookSoon();
    });
  }

  #lookSoon(): void {
    if (this.#looking || this.#waiting.size === 0) return;
    this.#looking = true;
    this.#after(lookMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    // While the database is away nothing happens that anyone could be told of.
    const end = await this.#queries.feedEnd().catch(() => 0);
    for (const { position, go } of [...this.#waiting]) if (position <= end) go();
    this.#looking = false;
    this.#lookSoon();
  }
}
