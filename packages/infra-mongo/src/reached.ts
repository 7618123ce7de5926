import { Unavailable } from "@holdfast/engine";
import { isOutage } from "./conflicts.ts";
import { DeadlineOver } from "./deadline.ts";

/** A read's answer; throws `Unavailable` where the database could not be reached, so that callers can tell that apart. */
export async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (isOutage(cause) || cause instanceof DeadlineOver)
      throw new Unavailable("the database cannot be reached", { cause });
    throw cause;
  }
}
