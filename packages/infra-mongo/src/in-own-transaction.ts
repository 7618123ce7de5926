import type { ClientSession, MongoClient } from "mongodb";
import { isRetryable } from "./conflicts.ts";
import { Deadline } from "./deadline.ts";
import { TimedSession } from "./timed-session.ts";

/** Reads in a transaction of its own, again after a conflict, for `msMax` milliseconds at most. Writes nothing. */
export async function inOwnTransaction<T>(
  client: MongoClient,
  msMax: number,
  steps: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = new TimedSession(client, Deadline.in(msMax));
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        session.begin();
        const result = await session.step(steps);
        await session.abort();
        return result;
      } catch (error) {
        if (!isRetryable(error) || session.deadline.over) throw error;
        await session.abort();
        await session.deadline.backOff(attempt);
      }
    }
  } finally {
    session.close();
  }
}
