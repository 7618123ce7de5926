import type { FeedEnd, FeedEpoch, Queries } from "@holdfast/engine";

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

/** What a reader waits for: a position of an epoch. */
export interface Awaited {
  readonly epoch: FeedEpoch;
  readonly position: number;
}

/** How a wait ends. `restarted`: the database was restored meanwhile, and the epoch is now this one. */
export type WaitEnd = "reached" | "over" | { readonly restarted: FeedEpoch };

/** Tells readers at the end of the feed that it goes on. One look at the database serves all who wait. */
export class FeedWatch {
  readonly #queries: Pick<Queries, "feedEnd">;
  readonly #after: After;
  readonly #waiting = new Set<Awaited & { readonly end: (how: WaitEnd) => void }>();
  #looking = false;

  constructor(queries: Pick<Queries, "feedEnd">, after: After) {
    this.#queries = queries;
    this.#after = after;
  }

  /** Waits until the feed has come to a position. `over` after `ms`, or as soon as `signal` aborts. Never rejects. */
  wait({ epoch, position }: Awaited, ms: number, signal: AbortSignal): Promise<WaitEnd> {
    if (signal.aborted) return Promise.resolve("over");
    return new Promise((resolve) => {
      const end = (how: WaitEnd) => {
        this.#waiting.delete(waiter);
        cancel();
        signal.removeEventListener("abort", giveUp);
        resolve(how);
      };
      const giveUp = () => end("over");
      const waiter = { epoch, position, end };
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
    const now = await this.#queries.feedEnd().catch(() => undefined);
    if (now !== undefined) this.#tell(now);
    this.#looking = false;
    this.#lookSoon();
  }
  #tell(now: FeedEnd): void {
    for (const { epoch, position, end } of [...this.#waiting]) {
      if (epoch !== now.epoch) end({ restarted: now.epoch });
      else if (position <= now.position) end("reached");
    }
  }
}
