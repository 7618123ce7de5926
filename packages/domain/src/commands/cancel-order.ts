import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, OrderId } from "../ids.ts";
import { orderEvent } from "../order-event.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";

/** The shopper will not pay: the held stock goes back. Where the reservation has run out, a later payment sells nothing. */
export interface CancelOrder {
  readonly type: "CancelOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
}

/**
 * An order that awaits its payment can be given back. One whose reservation has run out has given its units back already: the
 * shopper's word is kept, so that a payment that comes later sells nothing. A repeat is answered the same.
 */
export const cancelOrder: CommandModule<CancelOrder, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: behindOrder,
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, { orderId, actor }: CancelOrder, now: Instant): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status === "CANCELLED") return accept();
  const about = orderEvent(order, actor);
  if (order.status === "PENDING_PAYMENT") return accept({ type: "OrderCancelled", ...about, at: now });
  if (order.status === "EXPIRED") return accept({ type: "ExpiredOrderCancelled", ...about, at: now });
  return refuse({ code: "order_not_cancellable", orderId, status: order.status });
}
