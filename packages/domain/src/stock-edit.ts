import { type Adjustment, changeBy } from "./adjustment.ts";
import type { Failure } from "./failures.ts";
import { limits } from "./limits.ts";
import { availableStock, figuresAfter, type StockLevel, sellableStock, unsellableIn } from "./stock-level.ts";

/** The level after a person's edit, or why it cannot be booked. */
export function edited(
  level: StockLevel,
  edit: Pick<Adjustment, "affects" | "delta" | "acceptsShortage">,
): StockLevel | Failure {
  const { sku, locationId } = level;
  const after: StockLevel = {
    ...level,
    version: level.version + 1,
    ...figuresAfter(level, changeBy(edit)),
  };
  const requested = Math.abs(edit.delta);
  if (after.totalStock > Math.max(level.totalStock, limits.totalStockMax)) {
    return { code: "stock_limit_exceeded", sku, locationId };
  }
  if (unsellableIn(after) < 0) {
    return { code: "stock_not_there", sku, locationId, requested, available: unsellableIn(level) };
  }
  // Units that come are welcome, however little is there: a level that is below zero is stocked up step by step.
  const available = availableStock(level);
  const breaksPromises = availableStock(after) < Math.min(0, available);
  if (breaksPromises && !edit.acceptsShortage) {
    return { code: "stock_promised", sku, locationId, requested, available };
  }
  if (sellableStock(after) < Math.min(0, sellableStock(level))) {
    return { code: "stock_not_there", sku, locationId, requested, available: sellableStock(level) };
  }
  // Only a level that somebody has edited has more units that cannot be sold than it has units.
  if (after.totalStock < 0) {
    return { code: "stock_not_there", sku, locationId, requested, available: level.totalStock };
  }
  return after;
}
