import type { Failure } from "./failures.ts";
import type { PlacedLine } from "./fulfilment.ts";
import { limits } from "./limits.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Balances, emptyLevel, levelKey } from "./stock-level.ts";

/** The first line of which a level would count more units than it can. */
export function overfull(
  { levels }: Pick<Snapshot, "levels">,
  lines: readonly PlacedLine[],
  count: (level: Balances) => number,
): Failure | undefined {
  const full = lines.find(({ sku, locationId, quantity }) => {
    const level = levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId);
    return count(level) + quantity > limits.totalStockMax;
  });
  return full && { code: "stock_limit_exceeded", sku: full.sku, locationId: full.locationId };
}
