import { Unavailable } from "@holdfast/engine";
import { troubleOf } from "./conflicts.ts";
import { DeadlineOver } from "./deadline.ts";

/** The answer. Throws `Unavailable` if the database is in trouble, so that callers can distinguish that from a bug. */
export async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const reason =
      troubleOf(cause) ?? (cause instanceof DeadlineOver ? "the database did not answer in time" : undefined);
    throw reason === undefined ? cause : new Unavailable(reason, { cause });
  }
}
