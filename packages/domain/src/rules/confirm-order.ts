import { unreachable } from "../bug.ts";
import { shortfalls } from "../cart.ts";
import type { ConfirmOrder } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { OrderExpired } from "../events.ts";
import type { Instant } from "../ids.ts";
import type { Order, Payment } from "../order.ts";
import type { Snapshot } from "../snapshot.ts";
import { levelKey } from "../stock-level.ts";
import { orderEvent } from "./order-event.ts";

/**
 * A paid order sells what it holds. Where the hold has run out, the units are taken again if they are still free;
 * if not, the refund that is due becomes the order's one recorded outcome. A repeat is told the same.
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
      return refuse({ code: "late_payment_refund_due", orderId });
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
      const levelOf = (...name: Parameters<typeof levelKey>) => snapshot.levels.get(levelKey(...name));
      if (shortfalls(order.lines, order.locationId, levelOf).length === 0) {
        return accept(lateAcceptance(order, command, now));
      }
      const payment = paymentOf(command, now, "REFUND_DUE");
      const refused = { type: "LatePaymentRefused", ...orderEvent(order, actor), payment } as const;
      return refuse({ code: "late_payment_refund_due", orderId }, refused);
    }
    default:
      return unreachable(order.status);
  }
}

function lateAcceptance(order: Order, command: ConfirmOrder, now: Instant) {
  const payment = paymentOf(command, now, "REHELD");
  return { type: "LatePaymentAccepted", ...orderEvent(order, command.actor), payment } as const;
}

function paymentOf({ paymentReference }: ConfirmOrder, at: Instant, outcome: Payment["outcome"]): Payment {
  return { ...(paymentReference === undefined ? {} : { reference: paymentReference }), at, outcome };
}
