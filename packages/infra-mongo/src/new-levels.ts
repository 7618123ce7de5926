import { addedBy, type Batch } from "@holdfast/domain";
import type { Collections } from "./collections.ts";
import type { TimedSession } from "./timed-session.ts";

/**
 * The version of each product that gets a new level, where that is not the first one: the level's document says it, as those of all
 * other levels do once the product has changed.
 *
 * It touches the products, so that a change of one at the same moment conflicts: that change marks the levels that it sees.
 */
export async function versionsForNewLevels(
  { products }: Collections,
  session: TimedSession,
  id: string,
  { writes }: Batch,
): Promise<ReadonlyMap<string, number>> {
  const made = new Set(addedBy(writes.products).map(({ sku }) => sku));
  const skus = new Set(addedBy(writes.levels).map(({ sku }) => sku));
  const versions = new Map<string, number>();
  for (const sku of skus) {
    if (made.has(sku)) continue;
    const found = await session.step((inSession) =>
      products.findOneAndUpdate(
        { _id: sku },
        { $set: { levelAddedBy: id } },
        { session: inSession, projection: { version: 1 } },
      ),
    );
    if (found !== null && found.version > 1) versions.set(sku, found.version);
  }
  return versions;
}
