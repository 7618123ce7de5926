import { unreachable } from "../bug.ts";
import type { ConfirmOrder } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { LatePaymentReferred, LatePaymentRefused, OrderExpired } from "../events.ts";
import type { Instant } from "../ids.ts";
import type { Order, Payment } from "../order.ts";
import type { Snapshot } from "../snapshot.ts";
import { orderEvent } from "./order-event.ts";
import { orderShortfalls } from "./order-shortfalls.ts";

/**
 * A paid order sells what it holds. Where the hold has run out, the units are taken again if they are still free; if
 * not, the refund or the review that is due becomes the order's one recorded outcome: which of them, the shop's policy
 * says at that moment. A repeat is told the same, whatever the policy has become.
 */
export function confirmOrder(snapshot: Snapshot, command: ConfirmOrder, now: Instant): Decision {
  const { orderId, actor } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });

  switch (order.status) {
    case "CONFIRMED":
      return accept();
    case "CANCELLED":
      return refuse({ code: "order_not_confirmable", orderId, status: order.status });
    case "FAILED":
      return refuse({ code: dueCodes[order.payment?.outcome === "REVIEW_DUE" ? "review" : "refund"], orderId });
    case "PENDING_PAYMENT": {
      const { expiresAt } = order.reservation;
      if (now < expiresAt) {
        const payment = paymentOf(command, now, "ON_TIME");
        return accept({ type: "OrderConfirmed", ...orderEvent(order, actor), payment });
      }
      // Run out, and nobody has tidied it up: its own units are about to be free, so they can be taken again.
      const expired: OrderExpired = { type: "OrderExpired", ...orderEvent(order, actor), at: now };
      return accept(expired, lateAcceptance(order, command, now));
    }
    case "EXPIRED": {
      if (orderShortfalls(snapshot, order).length === 0) return accept(lateAcceptance(order, command, now));
      return refuse({ code: dueCodes[command.latePayment], orderId }, tooLate(order, command, now));
    }
    default:
      return unreachable(order.status);
  }
}

/** What a payment that could sell nothing is told, by the policy that was in force. */
const dueCodes = { refund: "late_payment_refund_due", review: "late_payment_review_due" } as const;

function tooLate(order: Order, command: ConfirmOrder, now: Instant): LatePaymentRefused | LatePaymentReferred {
  const about = orderEvent(order, command.actor);
  return command.latePayment === "review"
    ? { type: "LatePaymentReferred", ...about, payment: paymentOf(command, now, "REVIEW_DUE") }
    : { type: "LatePaymentRefused", ...about, payment: paymentOf(command, now, "REFUND_DUE") };
}

function lateAcceptance(order: Order, command: ConfirmOrder, now: Instant) {
  const payment = paymentOf(command, now, "REHELD");
  return { type: "LatePaymentAccepted", ...orderEvent(order, command.actor), payment } as const;
}

function paymentOf({ paymentReference }: ConfirmOrder, at: Instant, outcome: Payment["outcome"]): Payment {
  return { ...(paymentReference === undefined ? {} : { reference: paymentReference }), at, outcome };
}
