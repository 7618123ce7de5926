import { backordersIn, backordersOf } from "../backorder.ts";
import { unreachable } from "../bug.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse, refuseOnRecord } from "../decision.ts";
import type { LatePaymentReferred, LatePaymentRefused, OrderExpired } from "../events.ts";
import type { Failure } from "../failures.ts";
import { behindHeldAnew, heldAnew } from "../held-anew.ts";
import type { Actor, FulfilmentId, Instant, OrderId } from "../ids.ts";
import type { LatePaymentPolicy } from "../late-payment.ts";
import { limits } from "../limits.ts";
import type { Order } from "../order.ts";
import { orderEvent } from "../order-event.ts";
import { isOverpromised } from "../order-shortfalls.ts";
import {
  isSold,
  type Payment,
  type PaymentOutcome,
  paymentCountOf,
  paymentOf,
  paymentsOf,
  type ReportedPayment,
} from "../payment.ts";
import { beyondLimitsAgain } from "../purchase-limit.ts";
import { shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";
import { behindSale, fulfilledAtOnce } from "./fulfil-order.ts";

/** The shopper has paid: the held stock is sold. Where nothing can be sold, the payment is recorded all the same. */
export interface ConfirmOrder {
  readonly type: "ConfirmOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Identifies the payment. Left out: the payment that sold the order, or else its latest one. */
  readonly paymentReference?: string;
  /** The shop's policy for a payment that is too late to sell anything. */
  readonly latePayment: LatePaymentPolicy;
  /** Of a shop whose goods count as shipped once they are paid: the id of the fulfilment that this makes. */
  readonly fulfilmentId?: FulfilmentId;
}

/**
 * A paid order sells what it holds. Where the reservation has run out, the units are taken again if they are still free; if
 * not, a refund or a review is due: which of them, the shop's policy says at that moment. Money that can sell nothing,
 * of an order that was cancelled or has another payment, is recorded all the same, as a refund that is due.
 *
 * A payment is known by its reference. A repeat is answered by what came of the payment, whatever the policy has become;
 * one without a reference means what sold the order, or the latest payment.
 */
export const confirmOrder: CommandModule<ConfirmOrder, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: (command, found) => behindHeldAnew(command, found, behindSale(command, found)),
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, command: ConfirmOrder, now: Instant): Decision {
  const { orderId, actor } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const known = knownPayment(paymentsOf(order, snapshot), command);
  if (known !== undefined) return isSold(known) ? accept() : refuseOnRecord(refusalOf(order, known));

  switch (order.status) {
    case "CONFIRMED":
    case "CANCELLED":
    case "FAILED":
      return surplus(order, command, now);
    case "PENDING_PAYMENT": {
      const { expiresAt } = order.reservation;
      if (now < expiresAt) {
        const payment = newPayment(command, now, "ON_TIME");
        return accept(
          { type: "OrderConfirmed", ...orderEvent(order, actor), payment },
          ...fulfilledAtOnce(snapshot, order, command, now),
        );
      }
      // Run out and not yet tidied up: its own units are about to be free, so they can be taken again.
      const expired: OrderExpired = { type: "OrderExpired", ...orderEvent(order, actor), at: now };
      const sells = isOverpromised(snapshot, order) ? undefined : order;
      return latePayment(snapshot, order, command, now, { sells, first: [expired] });
    }
    case "EXPIRED":
      return latePayment(snapshot, order, command, now, {
        sells: beyondLimitsAgain(snapshot, order, now) === undefined ? heldAnew(snapshot, order).order : undefined,
        first: [],
      });
    default:
      return unreachable(order.status);
  }
}

/** The payment that the command reports once more. */
function knownPayment(payments: readonly Payment[], { paymentReference }: ConfirmOrder): Payment | undefined {
  if (paymentReference !== undefined) return paymentOf(payments, paymentReference);
  return payments.find(isSold) ?? payments.at(-1);
}

/**
 * How the report of a payment that sells nothing is answered: a repeat the same as the first time. Only an order's first
 * payment can have come too late; an order that was cancelled stays so.
 */
function refusalOf(order: Order, { outcome, number }: Pick<Payment, "outcome" | "number">): Failure {
  const { id: orderId, status } = order;
  if (outcome === "REVIEW_DUE") return { code: "late_payment_review_due", orderId };
  if (status === "CANCELLED") return { code: "order_not_confirmable", orderId, status };
  if (number === 1) return { code: "late_payment_refund_due", orderId };
  return { code: "order_already_paid", orderId, status };
}

/** Money for an order that sells nothing any more. */
function surplus(order: Order, command: ConfirmOrder, now: Instant): Decision {
  const paymentsMax = limits.paymentsPerOrderMax;
  // Refused with a code of its own: the shop must not believe that it is recorded.
  const count = paymentCountOf(order);
  if (count >= paymentsMax) return refuse({ code: "too_many_payments", orderId: order.id, paymentsMax });
  const payment = newPayment(command, now, "REFUND_DUE");
  const recorded = { type: "SurplusPaymentRecorded", ...orderEvent(order, command.actor), payment } as const;
  return refuseOnRecord(refusalOf(order, { ...payment, number: count + 1 }), recorded);
}

/**
 * A payment after the reservation has run out: it sells, or one outcome of it is recorded. `sells`: the order where it can be held anew;
 * `first`: what has to happen before.
 */
function latePayment(
  snapshot: Snapshot,
  order: Order,
  command: ConfirmOrder,
  now: Instant,
  { sells, first }: { readonly sells: Order | undefined; readonly first: readonly OrderExpired[] },
): Decision {
  if (sells !== undefined)
    return accept(
      ...first,
      lateAcceptance(snapshot, sells, command, now),
      ...fulfilledAtOnce(snapshot, sells, command, now),
    );
  const late = tooLate(order, command, now);
  return refuseOnRecord(refusalOf(order, { ...late.payment, number: 1 }), ...first, late);
}

function tooLate(order: Order, command: ConfirmOrder, now: Instant): LatePaymentRefused | LatePaymentReferred {
  const about = orderEvent(order, command.actor);
  return command.latePayment === "review"
    ? { type: "LatePaymentReferred", ...about, payment: newPayment(command, now, "REVIEW_DUE") }
    : { type: "LatePaymentRefused", ...about, payment: newPayment(command, now, "REFUND_DUE") };
}

function lateAcceptance(snapshot: Snapshot, order: Order, command: ConfirmOrder, now: Instant) {
  const payment = newPayment(command, now, "REHELD");
  const owed = backordersOf(snapshot, backordersIn(order.lines));
  return { type: "LatePaymentAccepted", ...orderEvent(order, command.actor), ...owed, payment } as const;
}

function newPayment({ paymentReference }: ConfirmOrder, at: Instant, outcome: PaymentOutcome): ReportedPayment {
  return { ...(paymentReference === undefined ? {} : { reference: paymentReference }), at, outcome };
}
