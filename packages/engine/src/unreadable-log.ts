import type { Unreadable } from "@holdfast/domain";
import { type Clock, systemClock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";

/** A record that keeps coming up is logged again after this. */
const logAgainMs = 600_000;
/** Records remembered at most. */
const recordsMax = 1_000;

/** Logs each record that cannot be read once, and again every ten minutes while it is met: not once a request. */
export class UnreadableLog {
  readonly #logger: Pick<Logger, "error">;
  readonly #clock: Clock;
  readonly #loggedAt = new Map<string, number>();

  constructor(logger: Pick<Logger, "error">, clock: Clock = systemClock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  see({ kind, id, reason }: Pick<Unreadable, "kind" | "id" | "reason">): void {
    const key = `${kind} ${id}`;
    const now = this.#clock.now();
    const loggedAt = this.#loggedAt.get(key);
    if (loggedAt !== undefined && now - loggedAt < logAgainMs) return;
    if (this.#loggedAt.size >= recordsMax) this.#loggedAt.clear();
    this.#loggedAt.set(key, now);
    this.#logger.error({ kind, id, reason }, "a record cannot be read");
  }
}
