import type { StockLine } from "./cart.ts";
import type { Actor, LocationId, OrderId } from "./ids.ts";
import type { Order, OrderLine } from "./order.ts";
import { placeOf } from "./order-places.ts";

/** What every event of an order repeats from the order, so that the journal can be read on its own. */
export function orderEvent(
  order: Order,
  actor: Actor,
): { actor: Actor; orderId: OrderId; locationId?: LocationId; lines: StockLine[]; reference?: string } {
  const { id: orderId, locationId, reference } = order;
  const named = reference === undefined ? {} : { reference };
  if (locationId === undefined) return { actor, orderId, lines: order.lines.map(stockLine), ...named };
  return { actor, orderId, locationId, lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })), ...named };
}

function stockLine(line: OrderLine): StockLine {
  const { sku, quantity } = line;
  return { sku, locationId: placeOf(line, {}), quantity };
}
