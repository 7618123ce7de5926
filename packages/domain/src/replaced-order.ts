import type { PlaceOrder } from "./commands/place-order.ts";
import { contributionsOf } from "./contributions.ts";
import type { ExpiredOrderCancelled, OrderCancelled } from "./events.ts";
import type { Failure } from "./failures.ts";
import type { Instant, OrderId } from "./ids.ts";
import { orderEvent } from "./order-event.ts";
import type { Snapshot } from "./snapshot.ts";

/** What an order gives to the one that takes its place. */
export interface Replaced {
  /** Units that come free with it, by `levelKey` and by `holderKey`. */
  readonly freed: ReadonlyMap<string, number>;
  readonly held: ReadonlyMap<string, number>;
  /** How it ends. */
  readonly ends: readonly (OrderCancelled | ExpiredOrderCancelled)[];
}

/**
 * The order that a cart is to replace, or why it cannot be. It has to be the same customer's, and neither paid nor cancelled: a cart
 * that comes second must not hold beside the one that has replaced the order already.
 */
export function replacedOrder(
  snapshot: Snapshot,
  { customerId, actor }: Pick<PlaceOrder, "customerId" | "actor">,
  orderId: OrderId,
  at: Instant,
): Replaced | Failure {
  const order = snapshot.orders.get(orderId);
  if (order === undefined || order.customerId !== customerId) return { code: "order_not_found", orderId };
  const { status } = order;
  if (status !== "PENDING_PAYMENT" && status !== "EXPIRED") return { code: "order_not_replaceable", orderId, status };
  const type = status === "EXPIRED" ? "ExpiredOrderCancelled" : "OrderCancelled";
  return {
    freed: unitsByKey(contributionsOf("levels", "orders", order)),
    held: unitsByKey(contributionsOf("holdings", "orders", order)),
    ends: [{ type, ...orderEvent(order, actor), at }],
  };
}

function unitsByKey(contributed: readonly { readonly key: string; readonly units: number }[]): Map<string, number> {
  return new Map(contributed.map(({ key, units }) => [key, units]));
}
