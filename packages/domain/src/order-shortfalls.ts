import { type Shortfall, shortfalls } from "./cart.ts";
import type { Order } from "./order.ts";
import type { Snapshot } from "./snapshot.ts";
import { levelKey } from "./stock-level.ts";

/** The lines of an order that cannot be held anew now; empty means that all of it can. */
export function orderShortfalls(snapshot: Snapshot, { lines, locationId }: Order): Shortfall[] {
  return shortfalls(lines, locationId, (...name) => snapshot.levels.get(levelKey(...name)));
}
