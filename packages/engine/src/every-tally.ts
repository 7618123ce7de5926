import { type LevelName, levelNameOf, type Read, type Sku, type Tally, Unreadable } from "@holdfast/domain";
import type { Queries } from "./ports/queries.ts";

/** Levels read at a time: bounds memory, and how long a store is at it before others get their turn. */
const levelsPerRead = 200;

/** Every stock level, or those of one SKU, beside what its sources add up to; page by page, each level once. */
export async function* everyTally(queries: Pick<Queries, "tallies">, sku?: Sku): AsyncIterable<Read<Tally>> {
  const filter = sku === undefined ? {} : { sku };
  for (let last: Read<Tally> | undefined; ; ) {
    const page = await queries.tallies(filter, { limit: levelsPerRead, ...(last && { after: levelIn(last) }) });
    yield* page;
    last = page.at(-1);
    if (page.length < levelsPerRead) return;
  }
}

/** The level that a page of tallies shows, be it readable or not: where the next page goes on. */
export function levelIn(tally: Read<Tally>): LevelName {
  return tally instanceof Unreadable ? levelNameOf(tally.id) : tally.level;
}
