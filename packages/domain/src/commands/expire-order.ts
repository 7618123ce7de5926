import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, OrderId } from "../ids.ts";
import { orderEvent } from "../order-event.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";

/** The reservation has run out: the held stock goes back. */
export interface ExpireOrder {
  readonly type: "ExpireOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
}

/** A reservation is released when its time has come by the store's clock, never before. An order that has ended stays so. */
export const expireOrder: CommandModule<ExpireOrder, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: behindOrder,
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, { orderId, actor }: ExpireOrder, now: Instant): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status !== "PENDING_PAYMENT") return accept();
  const { expiresAt } = order.reservation;
  if (now < expiresAt) return refuse({ code: "order_not_due", orderId, expiresAt });
  return accept({ type: "OrderExpired", ...orderEvent(order, actor), at: now });
}
