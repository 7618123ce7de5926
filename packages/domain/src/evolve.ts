import { assert, unreachable } from "./bug.ts";
import type { Event, PaymentRefunded, SurplusPaymentRecorded } from "./events.ts";
import { movedHoldings } from "./holding.ts";
import { type Instant, mainLocation, type OrderId, reservationIdOf } from "./ids.ts";
import { levelChanges } from "./level-changes.ts";
import type { Order, OrderStatus } from "./order.ts";
import { type Payment, paymentOf, withPayment } from "./payment.ts";
import { movedTally, type Tally } from "./reconcile.ts";
import type { ReservationStatus } from "./reservation.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import { emptyLevel, levelKey, move, type StockLevel } from "./stock-level.ts";

/**
 * What an event makes of the state: the entities that it adds or replaces, and no others.
 *
 * Pure. Throws `Bug` where the event cannot have happened in this state.
 */
export function evolve(snapshot: Snapshot, event: Event): Changes {
  const made = changesOf(snapshot, event);
  const holdings = made.orders?.flatMap((order) => movedHoldings(snapshot, order)) ?? [];
  const changes = holdings.length === 0 ? made : { ...made, holdings };
  // Only a batch that corrects something has loaded any.
  return snapshot.tallies.size === 0 ? changes : { ...changes, tallies: movedTallies(snapshot, event) };
}

function changesOf(snapshot: Snapshot, event: Event): Changes {
  const levels = movedLevels(snapshot, event);
  switch (event.type) {
    case "ProductCreated": {
      assert(!snapshot.products.has(event.sku), `${event.sku} was created twice`);
      const held = snapshot.levels.get(levelKey(event.sku, mainLocation));
      return { products: [event.product], levels: held ? [] : [emptyLevel(event.sku, mainLocation)] };
    }
    case "StockAdjusted":
      assert(!snapshot.adjustments.has(event.adjustment.id), `${event.adjustment.id} was made twice`);
      return { levels, adjustments: [event.adjustment] };
    case "OrderPlaced":
      assert(!snapshot.orders.has(event.orderId), `${event.orderId} was placed twice`);
      return { levels, orders: [event.order] };
    case "OrderConfirmed":
      return { levels, orders: [end(pending(snapshot, event.orderId), "CONFIRMED", event.payment.at, event.payment)] };
    case "OrderCancelled":
      return { levels, orders: [end(pending(snapshot, event.orderId), "CANCELLED", event.at)] };
    case "OrderExpired":
      return { levels, orders: [end(pending(snapshot, event.orderId), "EXPIRED", event.at)] };
    case "LatePaymentAccepted":
      return { levels, orders: [holdAnew(expired(snapshot, event.orderId), event.payment, event.payment.at)] };
    case "LatePaymentRefused":
    case "LatePaymentReferred":
      return { orders: [failed(expired(snapshot, event.orderId), event.payment)] };
    case "LatePaymentApproved":
      return { levels, orders: [holdAnew(underReview(snapshot, event.orderId), event.payment, event.at)] };
    case "LatePaymentRejected":
      return { orders: [failed(underReview(snapshot, event.orderId), event.payment)] };
    case "ExpiredOrderCancelled":
      return { orders: [givenUp(expired(snapshot, event.orderId), event.at)] };
    case "SurplusPaymentRecorded":
      return { orders: [paidInVain(snapshot, event)] };
    case "PaymentRefunded":
      return { orders: [refunded(snapshot, event)] };
    case "StockCorrected":
      assert(!snapshot.corrections.has(event.correction.id), `${event.correction.id} was made twice`);
      return { levels, corrections: [event.correction] };
    default:
      return unreachable(event);
  }
}

function movedLevels(snapshot: Snapshot, event: Event): StockLevel[] {
  return levelChanges(event).map((change) => {
    const level = snapshot.levels.get(levelKey(change.sku, change.locationId));
    return move(level ?? emptyLevel(change.sku, change.locationId), change);
  });
}

/** A correction moves counters back to their sources; whatever else moves a counter moves its source as well. */
function movedTallies(snapshot: Snapshot, event: Event): Tally[] {
  const none = { totalStock: 0, reservedStock: 0, committedStock: 0 };
  return levelChanges(event).flatMap((change) => {
    const tally = snapshot.tallies.get(levelKey(change.sku, change.locationId));
    if (tally === undefined) return [];
    return [movedTally(tally, move(tally.level, change), event.type === "StockCorrected" ? none : change)];
  });
}

function pending(snapshot: Snapshot, id: OrderId): Order {
  const order = snapshot.orders.get(id);
  assert(order?.status === "PENDING_PAYMENT", `${id} ends twice`);
  return order;
}

function expired(snapshot: Snapshot, id: OrderId): Order {
  const order = snapshot.orders.get(id);
  assert(order?.status === "EXPIRED", `${id} has not expired`);
  return order;
}

function underReview(snapshot: Snapshot, id: OrderId): Order {
  const order = snapshot.orders.get(id);
  assert(order?.payments.some(({ outcome }) => outcome === "REVIEW_DUE") === true, `${id} awaits no review`);
  return order;
}

function end(order: Order, status: ReservationStatus & Order["status"], at: Instant, payment?: Payment): Order {
  return {
    ...order,
    version: order.version + 1,
    status,
    reservation: { ...order.reservation, status },
    ...(payment && { payments: withPayment(order.payments, payment) }),
    endedAt: at,
  };
}

function failed(order: Order, payment: Payment): Order {
  return { ...order, version: order.version + 1, status: "FAILED", payments: withPayment(order.payments, payment) };
}

/** Its hold stays EXPIRED: it has given its units back already. */
function givenUp(order: Order, at: Instant): Order {
  return { ...order, version: order.version + 1, status: "CANCELLED", endedAt: at };
}

function paidInVain({ orders }: Snapshot, { orderId, payment }: SurplusPaymentRecorded): Order {
  const order = orders.get(orderId);
  assert(order !== undefined && surplusIn.has(order.status), `a payment of ${orderId} could still sell something`);
  assert(paymentOf(order, payment.reference) === undefined, `a payment of ${orderId} is recorded twice`);
  return { ...order, version: order.version + 1, payments: withPayment(order.payments, payment) };
}

/** Where a new payment sells nothing. */
const surplusIn: ReadonlySet<OrderStatus> = new Set(["CONFIRMED", "CANCELLED", "FAILED"]);

function refunded({ orders }: Snapshot, { orderId, payment }: PaymentRefunded): Order {
  const order = orders.get(orderId);
  assert(order !== undefined, `a payment of ${orderId} is refunded, and there is no such order`);
  const due = paymentOf(order, payment.reference)?.outcome === "REFUND_DUE";
  assert(due, `a payment of ${orderId} is refunded that is not due back`);
  return { ...order, version: order.version + 1, payments: withPayment(order.payments, payment) };
}

/** Held a second time, and sold in the same instant. */
function holdAnew(order: Order, payment: Payment, at: Instant): Order {
  return {
    ...order,
    version: order.version + 1,
    status: "CONFIRMED",
    reservation: { id: reservationIdOf(order.id, 2), status: "CONFIRMED", expiresAt: at },
    payments: withPayment(order.payments, payment),
    endedAt: at,
  };
}
