import type { Logger } from "./logger.ts";

/** While Redis stays away, one line in this time says so. A client that reconnects every second must not fill the log. */
const quietMs = 30_000;

/** Turns a stream of failures into few lines: one when they begin, one now and then, one when Redis is back. */
export class OutageLog {
  readonly #logger: Logger;
  readonly #now: () => number;
  #silentUntil = Number.NEGATIVE_INFINITY;
  #untold = 0;
  #away = false;

  constructor(logger: Logger, now: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#now = now;
  }

  /** Something did not reach Redis, or Redis refused it. */
  failed(what: string, error: unknown): void {
    this.#away = true;
    if (this.#now() < this.#silentUntil) {
      this.#untold += 1;
      return;
    }
    this.#logger.warn({ what, err: error, untold: this.#untold }, "redis failed; going on without it");
    this.#silentUntil = this.#now() + quietMs;
    this.#untold = 0;
  }

  /** Redis answers again. The silence goes on, so that a Redis that comes and goes is not told of each time. */
  recovered(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#logger.info({}, "redis answers again");
  }
}
