import type { Collections } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { fence } from "./fence.ts";
import type { TimedSession } from "./timed-session.ts";

/** After this time the server has ended the transaction itself: its `transactionLifetimeLimitSeconds`, unless it was raised. */
const settleMsMax = 60_000;

/**
 * Ends, in the background, transactions that were given up and that the server may not have ended.
 *
 * An open one would keep what it has written locked, and a hot SKU unsellable, until the server's own limit. It was not answered as
 * committed, so it is made void; if it turns out to have committed, its idempotency keys show it.
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
    // Abort once and ignore the answer, as the driver does; the next write is then outside the transaction.
    if (own.inTransaction()) await own.abortTransaction();
    await fence(this.#journal, id, () => own, deadline);
  }
}
