import type { Logger } from "./ports/logger.ts";

export interface OutageLogTexts {
  readonly failing: string;
  readonly over: string;
}

/** While failures go on, one line in this time counts them. A line each would fill the very disk that fails. */
const quietMsDefault = 10_000;

/** Turns a stream of failures into few lines: one when they begin, with the cause, one now and then that counts, one when they are over. */
export class OutageLog {
  readonly #logger: Pick<Logger, "warn">;
  readonly #texts: OutageLogTexts;
  readonly #quietMs: number;
  readonly #now: () => number;
  #silentUntil = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #sinceLine = 0;
  #failures = 0;
  /** Whether a line has said that it began. */
  #logged = false;

  constructor(
    logger: Pick<Logger, "warn">,
    texts: OutageLogTexts,
    { quietMs = quietMsDefault, now = () => performance.now() }: { quietMs?: number; now?: () => number } = {},
  ) {
    this.#logger = logger;
    this.#texts = texts;
    this.#quietMs = quietMs;
    this.#now = now;
  }

  failed(fields: object): void {
    this.#failedAt = this.#now();
    this.#failures += 1;
    this.#sinceLine += 1;
    if (this.#failedAt < this.#silentUntil) return;
    this.#logger.warn({ ...fields, times: this.#sinceLine }, this.#texts.failing);
    this.#silentUntil = this.#failedAt + this.#quietMs;
    this.#sinceLine = 0;
    this.#logged = true;
  }

  /** Something went well. It is over once nothing has failed for as long as a line is due: what comes and goes is one outage. */
  worked(): void {
    if (this.#failures > 0 && this.#now() >= this.#failedAt + this.#quietMs) this.ended();
  }

  /** It is certain to be over, as when a connection is back. The silence goes on, so that one that comes and goes logs no more. */
  ended(): void {
    if (this.#logged) this.#logger.warn({ times: this.#failures }, this.#texts.over);
    this.#logged = false;
    this.#failures = 0;
    this.#sinceLine = 0;
  }
}
