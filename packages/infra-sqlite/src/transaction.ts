import type { SqlDatabase } from "./sql-database.ts";
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
export function inTransaction(db: SqlDatabase, steps: () => boolean): Ended {
  if (db.transactionSync !== undefined) return inTransactionOfDriver(db, steps);
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

class RolledBack extends Error {}

/** No doubt is left there: what fails to become durable ends the whole object. */
function inTransactionOfDriver(db: SqlDatabase, steps: () => boolean): Ended {
  try {
    db.transactionSync?.(() => {
      if (!steps()) throw new RolledBack();
    });
    return { kind: "committed" };
  } catch (cause) {
    return cause instanceof RolledBack ? { kind: "rolled_back" } : { kind: "failed", cause };
  }
}

/** Where this fails too, the next transaction begins with it. */
function rollBack(db: SqlDatabase): void {
  try {
    if (db.isTransaction) db.exec("ROLLBACK");
  } catch {}
}

/** Reads as of one moment, while others commit. */
export function asOfOneMoment<Value>(db: SqlDatabase, read: () => Value): Value {
  if (db.transactionSync !== undefined) return read();
  db.exec("BEGIN");
  try {
    return read();
  } catch (cause) {
    forgetPages(db, cause);
    throw cause;
  } finally {
    // A disk that fails may have ended it.
    if (db.isTransaction) db.exec("COMMIT");
  }
}
