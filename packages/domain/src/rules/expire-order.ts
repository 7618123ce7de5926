import type { ExpireOrder } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Instant } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { orderEvent } from "./order-event.ts";

/** A hold is released when its time has come by the store's clock, never before. An order that has ended stays so. */
export function expireOrder(snapshot: Snapshot, { orderId, actor }: ExpireOrder, now: Instant): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status !== "PENDING_PAYMENT") return accept();
  const { expiresAt } = order.reservation;
  if (now < expiresAt) return refuse({ code: "order_not_due", orderId, expiresAt });
  return accept({ type: "OrderExpired", ...orderEvent(order, actor), at: now });
}
