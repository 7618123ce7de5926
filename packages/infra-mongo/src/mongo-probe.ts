import { Unavailable } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { isOutage } from "./conflicts.ts";
import { Deadline, DeadlineOver } from "./deadline.ts";

/** As long as a majority may take to confirm so small a write. A checkout cannot wait longer. */
const probeMsMax = 2_000;

/**
 * Writes one document, and resolves once a majority of the servers has it in its journal, as it is with a commit. Rejects with
 * `Unavailable` where that does not come about in time.
 */
export async function probeMongo({ meta }: Collections): Promise<void> {
  const options = { upsert: true, maxTimeMS: probeMsMax } as const;
  try {
    await Deadline.in(probeMsMax).within(meta.updateOne({ _id: "probe" }, { $inc: { times: 1 } }, options));
  } catch (cause) {
    const reason =
      isOutage(cause) || cause instanceof DeadlineOver
        ? "the database cannot be reached"
        : "the database cannot be written";
    throw new Unavailable(reason, { cause });
  }
}
