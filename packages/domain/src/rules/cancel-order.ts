import type { CancelOrder } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Instant } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { orderEvent } from "./order-event.ts";

/**
 * An order that awaits its payment can be given back. One whose hold has run out has given its units back already: the
 * shopper's word is kept, so that a payment that comes later sells nothing. A repeat is answered the same.
 */
export function cancelOrder(snapshot: Snapshot, { orderId, actor }: CancelOrder, now: Instant): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status === "CANCELLED") return accept();
  const about = orderEvent(order, actor);
  if (order.status === "PENDING_PAYMENT") return accept({ type: "OrderCancelled", ...about, at: now });
  if (order.status === "EXPIRED") return accept({ type: "ExpiredOrderCancelled", ...about, at: now });
  return refuse({ code: "order_not_cancellable", orderId, status: order.status });
}
