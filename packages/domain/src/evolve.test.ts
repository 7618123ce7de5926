import { expect, test } from "vitest";
import { Bug } from "./bug.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { OrderId } from "./ids.ts";
import type { Order } from "./order.ts";
import { orderEvent } from "./order-event.ts";
import type { PaymentOutcome } from "./payment.ts";
import { actor, adjust, cancel, confirm, create, expire, note, orderId, place } from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

/** A shop with an order in every status, and one that was never placed. */
function shopOfAllStatuses(): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 7));
  for (const name of ["pending", "confirmed", "cancelled", "expired", "failed", "referred"])
    shop.ask(place(name, { tea: 1 }));
  shop.ask(confirm("confirmed"), cancel("cancelled"));
  shop.seconds = 60;
  shop.ask(expire("failed"), adjust("a1", "tea", -3), confirm("failed"));
  shop.ask(expire("referred"), adjust("a3", "tea", -1), confirm("referred", "p", "review"), expire("expired"));
  return shop;
}

type OrderEventType = Exclude<
  Extract<Event, { orderId: OrderId }>["type"],
  "OrderPlaced" | "OrderChanged" | "OrderLinesChanged" | "CustomerErased"
>;

/** An event of an order, with a payment that became `outcome`. */
const paying =
  (type: OrderEventType, outcome: PaymentOutcome, more: object = {}) =>
  (order: Order) =>
    ({ type, ...orderEvent(order, actor), payment: { at: instant(99), outcome, ...more }, at: instant(99) }) as Event;

const ending = (type: OrderEventType) => (order: Order) =>
  ({ type, ...orderEvent(order, actor), at: instant(99) }) as Event;

const eventTypes = {
  OrderExtended: (order) => ({ type: "OrderExtended", ...orderEvent(order, actor), expiresAt: instant(99) }) as const,
  OrderConfirmed: paying("OrderConfirmed", "ON_TIME"),
  OrderCancelled: ending("OrderCancelled"),
  OrderExpired: ending("OrderExpired"),
  LatePaymentAccepted: paying("LatePaymentAccepted", "REHELD"),
  LatePaymentRefused: paying("LatePaymentRefused", "REFUND_DUE"),
  LatePaymentReferred: paying("LatePaymentReferred", "REVIEW_DUE"),
  LatePaymentApproved: paying("LatePaymentApproved", "REHELD", { reference: "p" }),
  LatePaymentRejected: paying("LatePaymentRejected", "REFUND_DUE", { reference: "p" }),
  ExpiredOrderCancelled: ending("ExpiredOrderCancelled"),
  SurplusPaymentRecorded: paying("SurplusPaymentRecorded", "REFUND_DUE", { reference: "other" }),
  PaymentRefunded: paying("PaymentRefunded", "REFUNDED", { refund: { at: instant(99) } }),
} as const satisfies Record<OrderEventType, (order: Order) => Event>;

/** What each event makes of an order in each status; `bug` where it cannot have happened. */
test.each<readonly [OrderEventType, string, string]>([
  ["OrderExtended", "pending", "PENDING_PAYMENT/ACTIVE"],
  ["OrderExtended", "confirmed", "bug"],
  ["OrderExtended", "cancelled", "bug"],
  ["OrderExtended", "expired", "bug"],
  ["OrderExtended", "failed", "bug"],
  ["OrderExtended", "unknown", "bug"],
  ["OrderConfirmed", "pending", "CONFIRMED/CONFIRMED"],
  ["OrderConfirmed", "confirmed", "bug"],
  ["OrderConfirmed", "cancelled", "bug"],
  ["OrderConfirmed", "expired", "bug"],
  ["OrderConfirmed", "failed", "bug"],
  ["OrderConfirmed", "unknown", "bug"],
  ["OrderCancelled", "pending", "CANCELLED/CANCELLED"],
  ["OrderCancelled", "confirmed", "bug"],
  ["OrderCancelled", "cancelled", "bug"],
  ["OrderCancelled", "expired", "bug"],
  ["OrderCancelled", "failed", "bug"],
  ["OrderCancelled", "unknown", "bug"],
  ["OrderExpired", "pending", "EXPIRED/EXPIRED"],
  ["OrderExpired", "confirmed", "bug"],
  ["OrderExpired", "cancelled", "bug"],
  ["OrderExpired", "expired", "bug"],
  ["OrderExpired", "failed", "bug"],
  ["OrderExpired", "unknown", "bug"],
  ["LatePaymentAccepted", "pending", "bug"],
  ["LatePaymentAccepted", "confirmed", "bug"],
  ["LatePaymentAccepted", "cancelled", "bug"],
  ["LatePaymentAccepted", "expired", "CONFIRMED/CONFIRMED"],
  ["LatePaymentAccepted", "failed", "bug"],
  ["LatePaymentAccepted", "unknown", "bug"],
  ["LatePaymentRefused", "pending", "bug"],
  ["LatePaymentRefused", "confirmed", "bug"],
  ["LatePaymentRefused", "cancelled", "bug"],
  ["LatePaymentRefused", "expired", "FAILED/EXPIRED"],
  ["LatePaymentRefused", "failed", "bug"],
  ["LatePaymentRefused", "referred", "bug"],
  ["LatePaymentRefused", "unknown", "bug"],
  ["LatePaymentReferred", "pending", "bug"],
  ["LatePaymentReferred", "confirmed", "bug"],
  ["LatePaymentReferred", "cancelled", "bug"],
  ["LatePaymentReferred", "expired", "FAILED/EXPIRED"],
  ["LatePaymentReferred", "failed", "bug"],
  ["LatePaymentReferred", "referred", "bug"],
  ["LatePaymentReferred", "unknown", "bug"],
  ["LatePaymentApproved", "pending", "bug"],
  ["LatePaymentApproved", "confirmed", "bug"],
  ["LatePaymentApproved", "cancelled", "bug"],
  ["LatePaymentApproved", "expired", "bug"],
  ["LatePaymentApproved", "failed", "bug"],
  ["LatePaymentApproved", "referred", "CONFIRMED/CONFIRMED"],
  ["LatePaymentApproved", "unknown", "bug"],
  ["LatePaymentRejected", "pending", "bug"],
  ["LatePaymentRejected", "confirmed", "bug"],
  ["LatePaymentRejected", "cancelled", "bug"],
  ["LatePaymentRejected", "expired", "bug"],
  ["LatePaymentRejected", "failed", "bug"],
  ["LatePaymentRejected", "referred", "FAILED/EXPIRED"],
  ["LatePaymentRejected", "unknown", "bug"],
  ["ExpiredOrderCancelled", "pending", "bug"],
  ["ExpiredOrderCancelled", "confirmed", "bug"],
  ["ExpiredOrderCancelled", "cancelled", "bug"],
  ["ExpiredOrderCancelled", "expired", "CANCELLED/EXPIRED"],
  ["ExpiredOrderCancelled", "failed", "bug"],
  ["ExpiredOrderCancelled", "referred", "bug"],
  ["ExpiredOrderCancelled", "unknown", "bug"],
  ["SurplusPaymentRecorded", "pending", "bug"],
  ["SurplusPaymentRecorded", "confirmed", "CONFIRMED/CONFIRMED"],
  ["SurplusPaymentRecorded", "cancelled", "CANCELLED/CANCELLED"],
  ["SurplusPaymentRecorded", "expired", "bug"],
  ["SurplusPaymentRecorded", "failed", "FAILED/EXPIRED"],
  ["SurplusPaymentRecorded", "referred", "FAILED/EXPIRED"],
  ["SurplusPaymentRecorded", "unknown", "bug"],
  ["PaymentRefunded", "pending", "bug"],
  ["PaymentRefunded", "confirmed", "bug"],
  ["PaymentRefunded", "cancelled", "bug"],
  ["PaymentRefunded", "expired", "bug"],
  ["PaymentRefunded", "failed", "FAILED/EXPIRED"],
  ["PaymentRefunded", "referred", "bug"],
  ["PaymentRefunded", "unknown", "bug"],
])("%s on an order that is %s: %s", (type, name, outcome) => {
  const shop = shopOfAllStatuses();
  // Of the stock, this order alone is free to move: the status decides, not a counter that runs out.
  shop.ask(adjust("a2", "tea", 9), place("more", { tea: 3 }), place("sold", { tea: 3 }), confirm("sold"));
  const order = shop.snapshot.orders.get(orderId(name)) ?? { ...shop.order("pending"), id: orderId(name) };
  const evolved = () => evolve(shop.snapshot, eventTypes[type](order));
  if (outcome === "bug") return expect(evolved).toThrow(Bug);
  const after = evolved().orders?.[0];
  expect([`${after?.status}/${after?.reservation.status}`, after?.version]).toEqual([outcome, order.version + 1]);
});

test("refuses an event whose payment was or becomes something else than the event says", () => {
  const shop = shopOfAllStatuses();
  const wrong = paying("LatePaymentRefused", "REVIEW_DUE");
  expect(() => evolve(shop.snapshot, wrong(shop.order("expired")))).toThrow(Bug);
  const known = paying("SurplusPaymentRecorded", "REFUND_DUE", { reference: "p" });
  expect(() => evolve(shop.snapshot, known(shop.order("referred")))).toThrow(Bug);
});

test("makes each thing once", () => {
  const shop = new RulesShop();
  const events = shop.batch(create("tea", 5), place("o1", { tea: 1 })).events;
  expect(events.map(({ type }) => type)).toEqual(["ProductCreated", "StockAdjusted", "OrderPlaced"]);
  for (const event of events) expect(() => evolve(shop.snapshot, event)).toThrow(Bug);
});

test("changes an order from the version before, and no other", () => {
  const shop = shopOfAllStatuses();
  const { events } = shop.batch(note("failed", { reference: "A-1" }));
  for (const event of events) expect(() => evolve(shop.snapshot, event)).toThrow(Bug);
});

test("records each payment once", () => {
  const shop = shopOfAllStatuses();
  const { SurplusPaymentRecorded: surplus, PaymentRefunded: refunded } = eventTypes;
  expect(shop.ask(confirm("cancelled", "other"), confirm("failed", "other"))).toHaveLength(2);
  for (const name of ["cancelled", "failed"]) {
    expect(() => evolve(shop.snapshot, surplus(shop.order(name)))).toThrow(Bug);
  }
  // A refund of a payment that is not due moves nothing to REFUNDED.
  expect(() => evolve(shop.snapshot, refunded(shop.order("confirmed")))).toThrow(Bug);
});
