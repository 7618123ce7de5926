import type { StockLine } from "./cart.ts";
import type { Actor, LocationId, OrderId } from "./ids.ts";
import type { Order } from "./order.ts";

/** What every event of an order repeats from the order, so that the journal can be read on its own. */
export function orderEvent(
  order: Order,
  actor: Actor,
): { actor: Actor; orderId: OrderId; locationId: LocationId; lines: StockLine[]; reference?: string } {
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const { id: orderId, locationId, reference } = order;
  return { actor, orderId, locationId, lines, ...(reference !== undefined && { reference }) };
}
