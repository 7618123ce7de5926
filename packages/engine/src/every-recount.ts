import { type LevelName, levelNameOf, type Read, type Recount, type Sku, Unreadable } from "@holdfast/domain";
import type { Queries } from "./ports/queries.ts";

/** Levels read at a time: bounds memory, and how long a store is at it before others get their turn. */
const levelsPerRead = 200;

/** Every stock level, or those of one SKU, beside what its sources add up to; page by page, each level once. */
export async function* everyRecount(queries: Pick<Queries, "recounts">, sku?: Sku): AsyncIterable<Read<Recount>> {
  const filter = sku === undefined ? {} : { sku };
  for (let last: Read<Recount> | undefined; ; ) {
    const page = await queries.recounts(filter, { limit: levelsPerRead, ...(last && { after: levelIn(last) }) });
    yield* page;
    last = page.at(-1);
    if (page.length < levelsPerRead) return;
  }
}

/** The level that a page of recounts shows, be it readable or not: where the next page goes on. */
export function levelIn(recount: Read<Recount>): LevelName {
  return recount instanceof Unreadable ? levelNameOf(recount.id) : recount.level;
}
