import type { DatabaseSync } from "node:sqlite";
import { forgetPages, leavesDoubt } from "./sqlite-errors.ts";

/** How a transaction ended. `unknown`: it is written whole or not at all, and the next one that is written settles which. */
export type Ended =
  | { readonly kind: "committed" }
  | { readonly kind: "rolled_back" }
  | { readonly kind: "failed"; readonly cause: unknown }
  | { readonly kind: "unknown"; readonly cause: unknown };

/**
 * Takes the write lock, runs the steps, and commits if they say so, without interruption, so that the lock is held only for as long as
 * the disk takes.
 */
export function inTransaction(db: DatabaseSync, steps: () => boolean): Ended {
  let committing = false;
  try {
    if (db.isTransaction) db.exec("ROLLBACK"); // the last one could not even be ended
    db.exec("BEGIN IMMEDIATE");
    committing = steps();
    db.exec(committing ? "COMMIT" : "ROLLBACK");
    return { kind: committing ? "committed" : "rolled_back" };
  } catch (cause) {
    rollBack(db);
    forgetPages(db, cause);
    return { kind: committing && leavesDoubt(cause) ? "unknown" : "failed", cause };
  }
}

/** Where this fails too, the next transaction begins with it. */
function rollBack(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec("ROLLBACK");
  } catch {}
}
