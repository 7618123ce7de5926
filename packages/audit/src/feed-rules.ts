import type { FeedEvent, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

type OrderFeedEvent = Extract<FeedEvent, { readonly orderId: unknown; readonly lines: unknown }>;

type Payment = Order["payments"][number];
type Status = Order["status"];

/** The statuses that an order may have before each event, and the one that it has after it. An event without the latter changes no status. */
const steps: Readonly<
  Record<OrderFeedEvent["type"], { readonly from: readonly (Status | "none")[]; readonly to?: Status }>
> = {
  OrderPlaced: { from: ["none"], to: "PENDING_PAYMENT" },
  OrderChanged: { from: ["PENDING_PAYMENT", "CONFIRMED", "CANCELLED", "EXPIRED", "FAILED"] },
  // Of an order that has come to be about a SKU, nothing came before.
  OrderLinesChanged: { from: ["none", "PENDING_PAYMENT"], to: "PENDING_PAYMENT" },
  OrderExtended: { from: ["PENDING_PAYMENT"] },
  CustomerErased: { from: ["PENDING_PAYMENT", "CONFIRMED", "CANCELLED", "EXPIRED", "FAILED"] },
  OrderConfirmed: { from: ["PENDING_PAYMENT"], to: "CONFIRMED" },
  OrderCancelled: { from: ["PENDING_PAYMENT"], to: "CANCELLED" },
  OrderExpired: { from: ["PENDING_PAYMENT"], to: "EXPIRED" },
  LatePaymentAccepted: { from: ["EXPIRED"], to: "CONFIRMED" },
  LatePaymentRefused: { from: ["EXPIRED"], to: "FAILED" },
  LatePaymentReferred: { from: ["EXPIRED"], to: "FAILED" },
  LatePaymentApproved: { from: ["FAILED"], to: "CONFIRMED" },
  LatePaymentRejected: { from: ["FAILED"], to: "FAILED" },
  ExpiredOrderCancelled: { from: ["EXPIRED"], to: "CANCELLED" },
  SurplusPaymentRecorded: { from: ["CONFIRMED", "CANCELLED", "FAILED"] },
  PaymentRefunded: { from: ["CONFIRMED", "CANCELLED", "FAILED"] },
};

/** The outcome that a payment may have before each event about it, and the one that it has after it. */
const outcomes: Readonly<
  Partial<
    Record<OrderFeedEvent["type"], { readonly from: Payment["outcome"] | "none"; readonly to: Payment["outcome"] }>
  >
> = {
  OrderConfirmed: { from: "none", to: "ON_TIME" },
  LatePaymentAccepted: { from: "none", to: "REHELD" },
  LatePaymentRefused: { from: "none", to: "REFUND_DUE" },
  LatePaymentReferred: { from: "none", to: "REVIEW_DUE" },
  LatePaymentApproved: { from: "REVIEW_DUE", to: "REHELD" },
  LatePaymentRejected: { from: "REVIEW_DUE", to: "REFUND_DUE" },
  SurplusPaymentRecorded: { from: "none", to: "REFUND_DUE" },
  PaymentRefunded: { from: "REFUND_DUE", to: "REFUNDED" },
};

/** An order according to its events. Payments are by reference, oldest first; "" stands for a payment without one. */
interface OrderByEvents {
  status: Status | "none";
  readonly payments: Map<string, Payment["outcome"]>;
}

/** A place in the feed. */
export interface FeedPlace {
  readonly position: number;
  readonly index: number;
}

/** Before the first event. */
const beginning: FeedPlace = { position: 0, index: 0 };

/** Checks that each event follows on the one before, without a gap, the first one on `start`. */
export function feedGapBreaches(feed: readonly FeedPlace[], start: FeedPlace = beginning): Breach[] {
  const rule = "feed without a gap";
  return feed.flatMap(({ position, index }, n): Breach[] => {
    const before = feed[n - 1] ?? start;
    const follows =
      (position === before.position && index === before.index + 1) || (position === before.position + 1 && index === 0);
    if (follows) return [];
    return [{ rule, says: `event ${position}.${index} follows on ${before.position}.${before.index}` }];
  });
}

/** Compares each order of these SKUs with its events in the feed. */
export function feedOrderBreaches(
  feed: readonly FeedEvent[],
  orders: readonly Order[],
  skus: readonly string[],
): Breach[] {
  const rule = "feed against orders";
  const breaches: Breach[] = [];
  const byEvents = new Map<string, OrderByEvents>();
  for (const event of feed) {
    if (!isAbout(event, skus)) continue;
    const order = byEvents.get(event.orderId) ?? { status: "none", payments: new Map() };
    byEvents.set(event.orderId, order);
    for (const says of enter(order, event)) breaches.push({ rule, says });
    if (!event.lines.some(({ sku }) => skus.includes(sku))) byEvents.delete(event.orderId);
  }
  for (const { id, status, payments } of orders) {
    const says = storyOf(byEvents.get(id) ?? { status: "none", payments: new Map() });
    const is = storyOf({
      status,
      payments: new Map(payments.map(({ reference = "", outcome }) => [reference, outcome])),
    });
    if (says !== is) breaches.push({ rule, says: `${id} is ${is}, its events say ${says}` });
    byEvents.delete(id);
  }
  for (const id of byEvents.keys()) breaches.push({ rule, says: `the feed names ${id}, which no list of orders does` });
  return breaches;
}

/** Applies an event to an order. Returns what is impossible about it. */
function* enter(order: OrderByEvents, event: OrderFeedEvent): Iterable<string> {
  const { from, to = order.status } = steps[event.type];
  if (!from.includes(order.status)) yield `${event.type} of ${event.orderId}, which was ${order.status}`;
  order.status = to;
  const paid = outcomes[event.type];
  if (paid === undefined || !("payment" in event)) return;
  const { reference = "", outcome } = event.payment;
  const before = order.payments.get(reference) ?? "none";
  if (before !== paid.from) yield `${event.type} of ${event.orderId}, whose payment ${reference} was ${before}`;
  if (outcome !== paid.to) yield `${event.type} of ${event.orderId} with a payment that is ${outcome}`;
  order.payments.set(reference, outcome);
}

function storyOf({ status, payments }: OrderByEvents): string {
  return [status, ...[...payments].map(([reference, outcome]) => `${reference} ${outcome}`)].join(", ");
}

function isAbout(event: FeedEvent, skus: readonly string[]): event is OrderFeedEvent {
  if (!("orderId" in event && "lines" in event)) return false;
  const { lines, linesBefore = [] } = event as OrderFeedEvent & { readonly linesBefore?: OrderFeedEvent["lines"] };
  return [...lines, ...linesBefore].some(({ sku }) => skus.includes(sku));
}
