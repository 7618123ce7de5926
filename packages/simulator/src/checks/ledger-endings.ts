// Part of the oracle: derive nothing here from the domain.
import type { Instant, Sku } from "@holdfast/domain";
import type { Ledger } from "./ledger.ts";
import { keyOf, linesOf, plain, wordsOfLines } from "./ledger-names.ts";
import { type LedgerLine, type LedgerOrder, type LedgerPayment, unitsIn } from "./ledger-order.ts";
import { placeFaults } from "./ledger-placing.ts";
import { decisions, type EndingEvent, finds, leaves, pays } from "./ledger-rules.ts";
import { availableIn } from "./level-book.ts";
import { buyingFaults } from "./purchase-rules.ts";

export function* end(ledger: Ledger, event: EndingEvent, now: Instant): Iterable<string> {
  const order = ledger.orders.get(event.orderId);
  if (order === undefined) {
    yield `${event.type} of an order that was never placed`;
    return;
  }
  if (!finds[event.type].includes(order.status)) yield `${event.type} of ${event.orderId}, which is ${order.status}`;
  if (event.type === "OrderExpired" && now < order.expiresAt) yield `${event.orderId} expired early`;
  if (event.type === "OrderConfirmed" && now >= order.expiresAt)
    yield `${event.orderId} sold a reservation that had run out`;
  const { status = order.status, reservation = order.reservation, reserved, committed } = leaves[event.type];
  const payments = yield* paid(ledger, order, event);
  const lines = yield* heldAt(ledger, order, event);
  const version = order.version + 1;
  const reservationEnded = order.reservationEnded ?? ledger.point;
  ledger.orders.set(event.orderId, {
    ...order,
    lines,
    status,
    reservation,
    reservationEnded,
    version,
    payments,
    ...(status === "CANCELLED" && { cancelledAt: order.cancelledAt ?? ledger.point }),
    ...(status === "CONFIRMED" && { soldFrom: order.soldFrom ?? ledger.point }),
    ...late(ledger, event),
  });
  if (reserved === 0 && committed === 0) return;
  if (reserved + committed > 0) {
    const owed = order.lines.filter(({ backorderedQuantity }) => backorderedQuantity !== undefined);
    yield* ledger.products.owedFaults(event.orderId, owed, event.backorders);
    const counting = order.lines.filter(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
    const again = { id: event.orderId, customerId: order.customerId, lines: counting };
    yield* buyingFaults(ledger.orders, again, (sku) => ledger.products.purchaseLimit(sku), ledger.latestTime(now));
  }
  for (const line of lines) {
    const change = { reservedStock: reserved * line.quantity, committedStock: committed * line.quantity };
    const owesMax = committed + reserved > 0 ? owesLate(ledger, order, line.sku) : 0;
    yield* ledger.levels.move(keyOf(line), { change, owesMax }, ledger.point);
  }
}

/** How many units each level may owe for an order that is sold late: of what could be owed when it was placed. */
function owesLate(ledger: Ledger, { lines }: LedgerOrder, sku: Sku): number {
  const mayOwe = lines.some((line) => line.sku === sku && line.backorderedQuantity !== undefined);
  return mayOwe ? ledger.products.owesMax(sku) : 0;
}

/** Where an event says that an order's units are: where they were, or elsewhere, if a late payment has them taken anew. */
function* heldAt(ledger: Ledger, order: LedgerOrder, event: EndingEvent): Generator<string, readonly LedgerLine[]> {
  const said = linesOf(event);
  if (wordsOfLines(said) === wordsOfLines(order.lines)) return order.lines;
  const isAnew = event.type === "LatePaymentAccepted" || event.type === "LatePaymentApproved";
  if (!isAnew || order.allocatedBy === undefined) yield `${event.type} has units of ${event.orderId} elsewhere`;
  const skus = [...new Set([...said, ...order.lines].map(({ sku }) => sku))];
  if (skus.some((sku) => unitsIn(said, sku) !== unitsIn(order.lines, sku)))
    yield `${event.type} has other units than ${event.orderId}`;
  const isFree = order.lines.every((line) => {
    return availableIn(ledger.countedAt(line)) + owesLate(ledger, order, line.sku) >= line.quantity;
  });
  if (isFree) yield `${event.type} has units of ${event.orderId} elsewhere, and they were free where it had them`;
  const { allocatedBy } = order;
  const anew = { lines: said, ...(allocatedBy && { allocatedBy }) };
  yield* placeFaults(ledger, `${event.type} of ${event.orderId}`, anew, (sku) => owesLate(ledger, order, sku));
  return said.map((line) => ({ ...order.lines.find(({ sku }) => sku === line.sku), ...plain(line) }) as LedgerLine);
}

/** The order's payments after an event. */
function* paid(
  ledger: Ledger,
  { payments }: LedgerOrder,
  event: EndingEvent,
): Generator<string, readonly LedgerPayment[]> {
  const step = pays[event.type];
  if (step === undefined || !("payment" in event)) return payments;
  const { reference, outcome } = event.payment;
  const known = payments.find((payment) => payment.reference === reference);
  const about = `${event.type} of ${event.orderId} for ${reference}`;
  if (known?.outcome !== step.finds) yield `${about}, which was ${known?.outcome ?? "never reported"}`;
  if (outcome !== step.leaves) yield `${about} says ${outcome}`;
  if (known === undefined) return [...payments, { reference, outcome, at: ledger.point }];
  const refunded = event.type === "PaymentRefunded" ? { refundedAt: ledger.point } : {};
  return payments.map((payment) => (payment === known ? { ...payment, outcome, ...refunded } : payment));
}

/** What an event says of a payment that came too late. */
function late(ledger: Ledger, event: EndingEvent): Partial<LedgerOrder> {
  switch (event.type) {
    case "LatePaymentRefused":
      return { late: "refund" };
    case "LatePaymentReferred":
      return { late: "review", reviewFrom: ledger.point };
    case "LatePaymentApproved":
    case "LatePaymentRejected":
      return { reviewed: { at: ledger.point, decision: decisions[event.type] } };
    default:
      return {};
  }
}
