import { lateLimitOf } from "./backorder.ts";
import { type Shortfall, shortfalls } from "./cart.ts";
import type { Order } from "./order.ts";
import type { Snapshot } from "./snapshot.ts";
import { availableStock, levelKey } from "./stock-level.ts";

/** The lines of an order that cannot be held anew now; empty means that all of it can. */
export function orderShortfalls(snapshot: Snapshot, { lines, locationId }: Order): Shortfall[] {
  return shortfalls(
    lines,
    locationId,
    (...name) => snapshot.levels.get(levelKey(...name)),
    (sku) => Math.max(0, ...lines.map((line) => (line.sku === sku ? lateLimitOf(snapshot, line) : 0))),
  );
}

/**
 * Whether a level that an order holds stock at promises more than it may, this order's reservation included: what the order gives back is
 * then short already. Only a level does that somebody has edited, that has had a loss, or whose product may owe fewer units than before.
 */
export function isOverpromised(snapshot: Snapshot, { lines, locationId }: Order): boolean {
  return lines.some((line) => {
    const level = snapshot.levels.get(levelKey(line.sku, locationId));
    return level !== undefined && availableStock(level) < -lateLimitOf(snapshot, line);
  });
}
