import type { FeedEvent, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

type OrderFeedEvent = Extract<FeedEvent, { readonly orderId: unknown }>;

/** What an order is: the outcome of its payment where it has one, else its status. */
type State = "none" | Exclude<Order["status"], "CONFIRMED" | "FAILED"> | NonNullable<Order["payment"]>["outcome"];

/** Where each event leads, from the only state that it can find. */
const steps: Readonly<Record<OrderFeedEvent["type"], { readonly from: State; readonly to: State }>> = {
  OrderPlaced: { from: "none", to: "PENDING_PAYMENT" },
  OrderConfirmed: { from: "PENDING_PAYMENT", to: "ON_TIME" },
  OrderCancelled: { from: "PENDING_PAYMENT", to: "CANCELLED" },
  OrderExpired: { from: "PENDING_PAYMENT", to: "EXPIRED" },
  LatePaymentAccepted: { from: "EXPIRED", to: "REHELD" },
  LatePaymentRefused: { from: "EXPIRED", to: "REFUND_DUE" },
  LatePaymentReferred: { from: "EXPIRED", to: "REVIEW_DUE" },
  LatePaymentApproved: { from: "REVIEW_DUE", to: "REHELD" },
  LatePaymentRejected: { from: "REVIEW_DUE", to: "REFUND_DUE" },
};

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
  const states = new Map<string, State>();
  for (const event of feed) {
    if (!isAbout(event, skus)) continue;
    const { from, to } = steps[event.type];
    const found = states.get(event.orderId) ?? "none";
    if (found !== from) breaches.push({ rule, says: `${event.type} of ${event.orderId}, which was ${found}` });
    states.set(event.orderId, to);
  }
  for (const { id, status, payment } of orders) {
    const [told = "none", is] = [states.get(id), payment?.outcome ?? status];
    if (told !== is) breaches.push({ rule, says: `${id} is ${is}, its events say ${told}` });
    states.delete(id);
  }
  for (const id of states.keys()) breaches.push({ rule, says: `the feed names ${id}, which no list of orders does` });
  return breaches;
}

function isAbout(event: FeedEvent, skus: readonly string[]): event is OrderFeedEvent {
  return "lines" in event && event.lines.some(({ sku }) => skus.includes(sku));
}
