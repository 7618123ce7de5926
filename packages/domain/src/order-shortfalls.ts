import { type Shortfall, shortfalls } from "./cart.ts";
import type { Order } from "./order.ts";
import type { Snapshot } from "./snapshot.ts";
import { availableStock, levelKey } from "./stock-level.ts";

/** The lines of an order that cannot be held anew now; empty means that all of it can. */
export function orderShortfalls(snapshot: Snapshot, { lines, locationId }: Order): Shortfall[] {
  return shortfalls(lines, locationId, (...name) => snapshot.levels.get(levelKey(...name)));
}

/**
 * Whether a level that an order holds stock at promises more than there is, this order's reservation included: what the order gives back is
 * then short already. Only a level that somebody has edited does.
 */
export function isOverpromised(snapshot: Snapshot, { lines, locationId }: Order): boolean {
  return lines.some(({ sku }) => {
    const level = snapshot.levels.get(levelKey(sku, locationId));
    return level !== undefined && availableStock(level) < 0;
  });
}
