import type { FeedEvent, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

type OrderFeedEvent = Extract<FeedEvent, { readonly orderId: unknown }>;

type Payment = Order["payments"][number];
type Status = Order["status"];

/** Where each event leads: the statuses that it can find, and the one that it leaves; none: it changes none. */
const steps: Readonly<
  Record<OrderFeedEvent["type"], { readonly from: readonly (Status | "none")[]; readonly to?: Status }>
> = {
  OrderPlaced: { from: ["none"], to: "PENDING_PAYMENT" },
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

/** What each event that tells of a payment finds recorded of it, and records. */
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

/** An order as its events tell of it. Payments by reference, oldest first; "" stands for none. */
interface ToldOrder {
  status: Status | "none";
  readonly payments: Map<string, Payment["outcome"]>;
}

/** The whole feed as it was read, from its beginning: each place follows on the one before. */
export function feedGapBreaches(feed: readonly FeedEvent[]): Breach[] {
  const rule = "feed without a gap";
  return feed.flatMap(({ position, index }, n): Breach[] => {
    const before = feed[n - 1] ?? { position: 0, index: 0 };
    const follows =
      (position === before.position && index === before.index + 1) || (position === before.position + 1 && index === 0);
    if (follows) return [];
    return [{ rule, says: `event ${position}.${index} follows on ${before.position}.${before.index}` }];
  });
}

/** What the feed says of each order of these SKUs, beside what the order says of itself. */
export function feedOrderBreaches(
  feed: readonly FeedEvent[],
  orders: readonly Order[],
  skus: readonly string[],
): Breach[] {
  const rule = "feed against orders";
  const breaches: Breach[] = [];
  const told = new Map<string, ToldOrder>();
  for (const event of feed) {
    if (!isAbout(event, skus)) continue;
    const order = told.get(event.orderId) ?? { status: "none", payments: new Map() };
    told.set(event.orderId, order);
    for (const says of enter(order, event)) breaches.push({ rule, says });
  }
  for (const { id, status, payments } of orders) {
    const says = storyOf(told.get(id) ?? { status: "none", payments: new Map() });
    const is = storyOf({
      status,
      payments: new Map(payments.map(({ reference = "", outcome }) => [reference, outcome])),
    });
    if (says !== is) breaches.push({ rule, says: `${id} is ${is}, its events say ${says}` });
    told.delete(id);
  }
  for (const id of told.keys()) breaches.push({ rule, says: `the feed names ${id}, which no list of orders does` });
  return breaches;
}

/** Enters an event. Gives what of it cannot have been. */
function* enter(order: ToldOrder, event: OrderFeedEvent): Iterable<string> {
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

function storyOf({ status, payments }: ToldOrder): string {
  return [status, ...[...payments].map(([reference, outcome]) => `${reference} ${outcome}`)].join(", ");
}

function isAbout(event: FeedEvent, skus: readonly string[]): event is OrderFeedEvent {
  return "lines" in event && event.lines.some(({ sku }) => skus.includes(sku));
}
