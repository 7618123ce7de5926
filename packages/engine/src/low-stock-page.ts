import {
  type Cover,
  coverOf,
  type Instant,
  isReadable,
  type LevelName,
  type Read,
  type StockLevel,
  salesReadMax,
} from "@holdfast/domain";
import type { LowLevelFilter, Paging, Queries } from "./ports/queries.ts";

const dayMs = 86_400_000;

/** A level of which no more is available than its threshold, and how long that lasts. */
export interface LowStock extends Cover {
  readonly level: StockLevel;
}

/** Low levels, page by page. `days`: over how many days sales are counted. */
export async function lowStockPage(
  queries: Pick<Queries, "lowLevels" | "orderedUnits" | "now">,
  { days, ...filter }: LowLevelFilter & { readonly days: number },
  paging: Paging<LevelName>,
): Promise<Read<LowStock>[]> {
  const levels = await queries.lowLevels(filter, paging);
  const now = await queries.now();
  const from = (now - days * dayMs) as Instant;
  const page: Read<LowStock>[] = [];
  for (const level of levels) {
    if (!isReadable(level)) page.push(level);
    else page.push({ level, ...coverOf(level, await queries.orderedUnits(level, salesReadMax), from, now) });
  }
  return page;
}
