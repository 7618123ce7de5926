import { lateLimitOf } from "./backorder.ts";
import { type Shortfall, shortfalls } from "./cart.ts";
import type { Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import { placeOf } from "./order-places.ts";
import type { Snapshot } from "./snapshot.ts";
import { availableStock, levelKey } from "./stock-level.ts";

/** The lines of an order that cannot be held anew now; empty means that all of it can. */
export function orderShortfalls(snapshot: Snapshot, order: Order): Shortfall[] {
  return shortfalls(
    order,
    (...name) => snapshot.levels.get(levelKey(...name)),
    (sku) => lateLimitFor(snapshot, order, sku),
  );
}

/** How many units each level of one of its products may owe for an order that is sold late. */
export function lateLimitFor(snapshot: Pick<Snapshot, "products">, { lines }: Order, sku: Sku): number {
  return Math.max(0, ...lines.map((line) => (line.sku === sku ? lateLimitOf(snapshot, line) : 0)));
}

/**
 * Whether a level that an order holds stock at promises more than it may, this order's reservation included: what the order gives back is
 * then short already. Only a level does that somebody has edited, that has had a loss, or whose product may owe fewer units than before.
 */
export function isOverpromised(snapshot: Snapshot, order: Order): boolean {
  return order.lines.some((line) => {
    const level = snapshot.levels.get(levelKey(line.sku, placeOf(line, order)));
    return level !== undefined && availableStock(level) < -lateLimitOf(snapshot, line);
  });
}
