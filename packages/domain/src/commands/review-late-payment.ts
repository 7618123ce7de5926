import { backordersIn, backordersOf } from "../backorder.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import { behindHeldAnew, heldAnew } from "../held-anew.ts";
import type { Actor, FulfilmentId, Instant, OrderId } from "../ids.ts";
import type { ReviewDecision } from "../late-payment.ts";
import { orderEvent } from "../order-event.ts";
import { paymentsOf, reportOf, reviewedPayment } from "../payment.ts";
import { beyondLimitsAgain } from "../purchase-limit.ts";
import { shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";
import { behindSale, fulfilledAtOnce } from "./fulfil-order.ts";

/** A person ends the review of a late payment. */
export interface ReviewLatePayment {
  readonly type: "ReviewLatePayment";
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly decision: ReviewDecision;
  /** Of a shop whose goods count as shipped once they are sold: the id of the fulfilment that this makes. */
  readonly fulfilmentId?: FulfilmentId;
}

/**
 * A person ends the review of a late payment, once. `SELL` takes all of the order's units anew, or is refused and leaves
 * the review open; `REFUND` makes the money due back. A repeat gets the same answer; the other decision is refused.
 */
export const reviewLatePayment: CommandModule<ReviewLatePayment, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: (command, found) => behindHeldAnew(command, found, behindSale(command, found)),
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, command: ReviewLatePayment, now: Instant): Decision {
  const { orderId, actor, decision } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { status } = order;
  const payment = reviewedPayment(paymentsOf(order, snapshot));
  if (payment?.review?.decision === decision) return accept();
  if (payment?.outcome !== "REVIEW_DUE") {
    const decided = payment?.review && { decision: payment.review.decision };
    return refuse({ code: "order_not_reviewable", orderId, status, ...decided });
  }

  const review = { decision, at: now };
  if (decision === "REFUND") {
    const refunded = { ...reportOf(payment), outcome: "REFUND_DUE", review } as const;
    return accept({ type: "LatePaymentRejected", ...orderEvent(order, actor), payment: refunded });
  }
  const held = heldAnew(snapshot, order);
  if (held.order === undefined) return refuse({ code: "insufficient_stock", shortfalls: held.shortfalls });
  const beyond = beyondLimitsAgain(snapshot, order, now);
  if (beyond !== undefined) return refuse(beyond);
  const sold = { ...reportOf(payment), outcome: "REHELD", review } as const;
  return accept(
    {
      type: "LatePaymentApproved",
      ...orderEvent(held.order, actor),
      ...backordersOf(snapshot, backordersIn(order.lines)),
      payment: sold,
      at: now,
    },
    ...fulfilledAtOnce(snapshot, held.order, command, now),
  );
}
