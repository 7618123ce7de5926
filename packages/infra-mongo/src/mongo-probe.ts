import { Unavailable } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { reached } from "./reached.ts";

/** As long as a majority may take to confirm so small a write. A checkout cannot wait longer. */
const probeMsMax = 2_000;

/**
 * Writes one document, and resolves once a majority of the servers has it in its journal, as it is with a commit. Rejects with
 * `Unavailable` where that does not come about in time.
 */
export async function probeMongo({ meta }: Pick<Collections, "meta">): Promise<void> {
  const options = { upsert: true, maxTimeMS: probeMsMax } as const;
  try {
    await reached(Deadline.in(probeMsMax).within(meta.updateOne({ _id: "probe" }, { $inc: { times: 1 } }, options)));
  } catch (cause) {
    throw cause instanceof Unavailable ? cause : new Unavailable("the database cannot be written", { cause });
  }
}
