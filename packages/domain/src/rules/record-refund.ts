import type { RecordRefund } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Instant } from "../ids.ts";
import { paymentOf } from "../payment.ts";
import type { Snapshot } from "../snapshot.ts";
import { orderEvent } from "./order-event.ts";

/**
 * A refund that was due has been paid. A repeat is answered the same; another refund of one payment is refused, as the
 * money would have gone back twice.
 */
export function recordRefund(snapshot: Snapshot, command: RecordRefund, now: Instant): Decision {
  const { orderId, actor, paymentReference, refundReference } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const payment = paymentOf(order, paymentReference);
  if (payment === undefined) return refuse({ code: "payment_not_found", orderId });
  const { outcome, refund } = payment;
  if (refund !== undefined) {
    if (refundReference === undefined || refundReference === refund.reference) return accept();
    const recorded = refund.reference === undefined ? {} : { refundReference: refund.reference };
    return refuse({ code: "refunded_otherwise", orderId, ...recorded });
  }
  if (outcome !== "REFUND_DUE") return refuse({ code: "refund_not_due", orderId, outcome });

  const reference = refundReference === undefined ? {} : { reference: refundReference };
  const refunded = { ...payment, outcome: "REFUNDED", refund: { ...reference, at: now } } as const;
  return accept({ type: "PaymentRefunded", ...orderEvent(order, actor), payment: refunded });
}
