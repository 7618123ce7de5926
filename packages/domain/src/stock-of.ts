import type { CommandReads } from "./command-module.ts";
import { contributionsOf } from "./contributions.ts";
import type { Order } from "./order.ts";
import { placeOf } from "./order-places.ts";
import { buyersOf } from "./purchases.ts";
import { levelKey } from "./stock-level.ts";

/** What may move with an order: its levels, what its customer has bought of products that limit it and, as long as it holds something, what its holders have on hold. */
export function stockOf(order: Order): CommandReads {
  return {
    levels: order.lines.map((line) => levelKey(line.sku, placeOf(line, order))),
    holdings: contributionsOf("holdings", "orders", order).map(({ key }) => key),
    purchases: buyersOf(order),
  };
}
