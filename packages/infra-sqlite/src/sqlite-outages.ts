import { OutcomeUnknown, Unavailable } from "@holdfast/engine";
import type { Written } from "./row-writer.ts";
import type { SqlDatabase } from "./sql-database.ts";
import { forgetPages, reasonOf } from "./sqlite-errors.ts";

/** The result of a read. Throws `Unavailable` if the file is in trouble, so that callers can distinguish that from a bug. */
export function read<Value>(db: SqlDatabase, from: () => Value): Value {
  try {
    return from();
  } catch (cause) {
    throw readOutage(db, cause);
  }
}

/** A read's error, as an `Unavailable` where the file is in trouble. */
function readOutage(db: SqlDatabase, cause: unknown): unknown {
  forgetPages(db, cause);
  const reason = reasonOf(cause, "read");
  return reason === undefined ? cause : new Unavailable(reason, { cause });
}

/** All reads of an object, each of which rejects with `Unavailable` where the file is in trouble. */
export function readingOutages<Reads extends object>(db: SqlDatabase, reads: Reads): Reads {
  const entries = Object.entries(reads) as [string, (...asked: unknown[]) => Promise<unknown>][];
  const guarded = entries.map(([name, ask]) => [
    name,
    async (...asked: unknown[]) => {
      try {
        return await ask(...asked);
      } catch (cause) {
        throw readOutage(db, cause);
      }
    },
  ]);
  return Object.fromEntries(guarded) as Reads;
}

/** Whether it was written; false if it did not apply any more. Throws an `Outage` if the file is in trouble. */
export function expectSettled(written: Written): boolean {
  if (written.kind === "committed" || written.kind === "changed") return written.kind === "committed";
  const { reason, cause } = written;
  if (written.kind === "unknown") throw new OutcomeUnknown(reason ?? "the answer to a commit was lost", { cause });
  throw reason === undefined ? cause : new Unavailable(reason, { cause });
}

/** Throws `Unavailable` where a probe was not written. */
export function expectWritten(written: Written): void {
  if (written.kind === "committed" || written.kind === "changed") return;
  throw new Unavailable(written.reason ?? "the database cannot be written", { cause: written.cause });
}
