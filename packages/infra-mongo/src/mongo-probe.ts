import { Unavailable } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { reached } from "./reached.ts";

/** How long a majority may take to confirm this small write. A checkout cannot wait longer. */
const probeMsMax = 2_000;

/**
 * Writes one document, and resolves once a majority of the servers has journalled it, as for a commit. Rejects with `Unavailable` if
 * that takes too long.
 */
export async function probeMongo({ meta }: Pick<Collections, "meta">): Promise<void> {
  const options = { upsert: true, maxTimeMS: probeMsMax } as const;
  try {
    await reached(Deadline.in(probeMsMax).within(meta.updateOne({ _id: "probe" }, { $inc: { times: 1 } }, options)));
  } catch (cause) {
    throw cause instanceof Unavailable ? cause : new Unavailable("the database cannot be written", { cause });
  }
}
