import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./database.ts";
import { OutageLog } from "./outage-log.ts";
import type { Logger } from "./ports/logger.ts";

const texts = { failing: "the database cannot be opened yet; trying again", over: "the database is open" };

/** Why a database can never be opened: what was configured is wrong, and no waiting mends it. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}

/** Between two attempts. */
const againMs = 1_000;

/**
 * Opens a database as soon as it is there, so that a process may start before its database does. `undefined` when `stop`
 * comes first, also while an attempt hangs.
 *
 * @throws Misconfigured where waiting cannot help
 */
export async function openWhenThere(
  open: () => Promise<Database>,
  logger: Pick<Logger, "warn">,
  stop: AbortSignal,
): Promise<Database | undefined> {
  if (stop.aborted) return undefined;
  const outages = new OutageLog(logger, texts);
  const stopped = once(stop, "abort").then(() => undefined);
  while (!stop.aborted) {
    try {
      return await Promise.race([open(), stopped]);
    } catch (err) {
      if (err instanceof Misconfigured) throw err;
      outages.failed({ err });
    }
    await wait(againMs, undefined, { signal: stop }).catch(() => {});
  }
  return undefined;
}
