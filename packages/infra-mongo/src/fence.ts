import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.ts";
import { duplicateKey } from "./conflicts.ts";
import type { Deadline } from "./deadline.ts";

/** The final outcome of a transaction; `unknown` if no server could say. */
export type Settled = "committed" | "void" | "unknown";

/** How long a fence on a session that is not the transaction's own waits at first. Doubled each time. */
const strangerMs = 250;

/**
 * Settles a commit whose answer was lost: puts a void entry where its journal entry would be. If that succeeds, the
 * transaction never can; if the place is taken, it had committed.
 *
 * A transaction that is still open on the server holds its place, and the void entry would have to wait for it. So the
 * entry is written as a retryable write on the transaction's own session: the higher transaction number makes the server
 * abort the open one first, and refuse a commit of it that is still on its way. A commit under way is waited for. As long
 * as the session is busy with a step that hangs (`ownSession` says `undefined`), another one is tried for a moment.
 */
export async function fence(
  journal: Collections["journal"],
  id: string,
  ownSession: () => ClientSession | undefined,
  deadline: Deadline,
): Promise<Settled> {
  for (let attempt = 0; !deadline.over; attempt += 1) {
    try {
      const session = ownSession();
      const soon = deadline.noLaterThanIn(session ? Number.POSITIVE_INFINITY : strangerMs * 2 ** attempt);
      const options = { maxTimeMS: soon.remainingMs, ...(session && { session }) };
      await soon.within(journal.insertOne({ _id: id, void: true }, options));
      return "void";
    } catch (error) {
      // Taken, but perhaps only on a primary that is about to lose it.
      const settled = duplicateKey(error) === undefined ? "unknown" : await lookUp(journal, id, deadline);
      if (settled !== "unknown") return settled;
      await deadline.backOff(attempt);
    }
  }
  return "unknown";
}

/** The outcome of a transaction as a majority of the servers has it. `unknown` also if they do not know it. */
export async function lookUp(journal: Collections["journal"], id: string, deadline: Deadline): Promise<Settled> {
  try {
    const options = { projection: { void: 1 }, readConcern: "majority", maxTimeMS: deadline.remainingMs } as const;
    const entry = await deadline.within(journal.findOne({ _id: id }, options));
    if (entry === null) return "unknown";
    return "void" in entry ? "void" : "committed";
  } catch {
    return "unknown";
  }
}
