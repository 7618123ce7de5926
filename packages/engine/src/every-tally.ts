import type { Sku, Tally } from "@holdfast/domain";
import type { Queries } from "./ports/queries.ts";

/** Levels read at a time: bounds memory, and how long a store is at it before others get their turn. */
const levelsPerRead = 200;

/** Every stock level, or those of one SKU, beside what its sources add up to; page by page, each level once. */
export async function* everyTally(queries: Pick<Queries, "tallies">, sku?: Sku): AsyncIterable<Tally> {
  const filter = sku === undefined ? {} : { sku };
  for (let last: Tally | undefined; ; ) {
    const page = await queries.tallies(filter, { limit: levelsPerRead, ...(last && { after: last.level }) });
    yield* page;
    last = page.at(-1);
    if (page.length < levelsPerRead) return;
  }
}
