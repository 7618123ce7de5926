import type { Failure } from "./failures.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Balances, levelKey } from "./stock-level.ts";

/**
 * The first line of which a level counts fewer units than would be taken off one of its counters. Only a level does whose loss was booked,
 * or that somebody has edited.
 */
export function notThere(
  { levels }: Pick<Snapshot, "levels">,
  lines: readonly PlacedLine[],
  ...counts: readonly ((level: Balances) => number)[]
): Failure | undefined {
  for (const { sku, locationId, quantity: requested } of lines) {
    const level = levels.get(levelKey(sku, locationId));
    const available = level === undefined ? 0 : Math.min(...counts.map((count) => count(level)));
    if (available < requested) return { code: "stock_not_there", sku, locationId, requested, available };
  }
  return undefined;
}
