import type { Collections } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { fence } from "./fence.ts";
import type { TimedSession } from "./timed-session.ts";

/** By then the server has ended the transaction itself: its `transactionLifetimeLimitSeconds`, unless it was raised. */
const settleMsMax = 60_000;

/**
 * Ends, in the background, transactions that were given up without the server having said that it ended them.
 *
 * Left open, one would keep what it has written locked, and a hot SKU unsellable, until the server's own limit. It was not
 * answered as committed, so it is made void; where it turns out to have committed, its idempotency keys tell.
 */
export class Settler {
  readonly #journal: Collections["journal"];
  readonly #underWay = new Set<Deadline>();

  constructor(journal: Collections["journal"]) {
    this.#journal = journal;
  }

  /** Takes the session over. Returns at once. */
  settleLater(session: TimedSession, id: string): void {
    const deadline = Deadline.in(settleMsMax);
    this.#underWay.add(deadline);
    this.#settle(session, id, deadline)
      .catch(() => {}) // a fence has no errors; a session that cannot be used any more has nothing left to end
      .finally(() => {
        this.#underWay.delete(deadline);
        session.close();
      });
  }

  /** Stops trying. */
  close(): void {
    for (const deadline of this.#underWay) deadline.end();
  }

  async #settle(session: TimedSession, id: string, deadline: Deadline): Promise<void> {
    const own = await session.settled();
    // Told once, and its answer ignored, as the driver does; but then the next write is no part of the transaction.
    if (own.inTransaction()) await own.abortTransaction();
    await fence(this.#journal, id, () => own, deadline);
  }
}
