import { hasLabel, isOutage } from "./conflicts.ts";
import { DeadlineOver } from "./deadline.ts";
import type { TimedSession } from "./timed-session.ts";

/** The state of a commit. `in_doubt`: its answer was lost, and it may have happened or still happen. */
export type CommitAnswer =
  | { readonly kind: "committed" }
  | { readonly kind: "aborted"; readonly cause: unknown }
  | { readonly kind: "in_doubt"; readonly cause: unknown };

/**
 * Commits the session's transaction. A lost answer is asked for again on the same session, which is safe: the server
 * commits a transaction once, and answers the same each time.
 */
export async function commitTransaction(session: TimedSession): Promise<CommitAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await session.step((inSession) => inSession.commitTransaction());
      return { kind: "committed" };
    } catch (cause) {
      if (cause instanceof DeadlineOver) return { kind: "in_doubt", cause };
      const lost = hasLabel(cause, "UnknownTransactionCommitResult") || isOutage(cause);
      if (!lost && hasLabel(cause, "TransientTransactionError")) return { kind: "aborted", cause };
      if (!lost || session.deadline.over) return { kind: "in_doubt", cause };
      await session.deadline.backOff(attempt);
      if (session.deadline.over) return { kind: "in_doubt", cause };
    }
  }
}
