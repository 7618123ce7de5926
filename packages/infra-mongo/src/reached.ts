import { Unavailable } from "@holdfast/engine";
import { troubleOf } from "./conflicts.ts";
import { DeadlineOver } from "./deadline.ts";

/** An answer; throws `Unavailable` where the database is in trouble, so that callers can tell that from a bug. */
export async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const reason =
      troubleOf(cause) ?? (cause instanceof DeadlineOver ? "the database did not answer in time" : undefined);
    throw reason === undefined ? cause : new Unavailable(reason, { cause });
  }
}
