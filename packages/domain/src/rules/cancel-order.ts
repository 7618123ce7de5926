import type { CancelOrder } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Instant } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { orderEvent } from "./order-event.ts";

/** An order that awaits its payment can be given back, also one whose hold has just run out. A repeat is told the same. */
export function cancelOrder(snapshot: Snapshot, { orderId, actor }: CancelOrder, now: Instant): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status === "CANCELLED") return accept();
  if (order.status !== "PENDING_PAYMENT") {
    return refuse({ code: "order_not_cancellable", orderId, status: order.status });
  }
  return accept({ type: "OrderCancelled", ...orderEvent(order, actor), at: now });
}
