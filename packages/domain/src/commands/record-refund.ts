import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, OrderId } from "../ids.ts";
import { orderEvent } from "../order-event.ts";
import { paymentOf, paymentsOf, reportOf } from "../payment.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";

/** The shop has given the money of a payment back. */
export interface RecordRefund {
  readonly type: "RecordRefund";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Absent: the payment that was reported without one. */
  readonly paymentReference?: string;
  /** The refund's own id at the payment provider. */
  readonly refundReference?: string;
}

/**
 * A refund that was due has been paid. A repeat is answered the same; another refund of one payment is refused, as the
 * money would have gone back twice.
 */
export const recordRefund: CommandModule<RecordRefund, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: behindOrder,
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, command: RecordRefund, now: Instant): Decision {
  const { orderId, actor, paymentReference, refundReference } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const payment = paymentOf(paymentsOf(order, snapshot), paymentReference);
  if (payment === undefined) return refuse({ code: "payment_not_found", orderId });
  const { outcome, refund } = payment;
  if (refund !== undefined) {
    if (refundReference === undefined || refundReference === refund.reference) return accept();
    const recorded = refund.reference === undefined ? {} : { refundReference: refund.reference };
    return refuse({ code: "refunded_otherwise", orderId, ...recorded });
  }
  if (outcome !== "REFUND_DUE") return refuse({ code: "refund_not_due", orderId, outcome });

  const reference = refundReference === undefined ? {} : { reference: refundReference };
  const refunded = { ...reportOf(payment), outcome: "REFUNDED", refund: { ...reference, at: now } } as const;
  return accept({ type: "PaymentRefunded", ...orderEvent(order, actor), payment: refunded });
}
