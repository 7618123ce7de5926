import { expect, test } from "vitest";
import { Bug } from "./bug.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { Order } from "./order.ts";
import { orderEvent } from "./rules/order-event.ts";
import { actor, adjust, cancel, confirm, create, expire, instant, orderId, place, TestShop } from "./test-shop.ts";

/** A shop with an order in every status, and one that was never placed. */
function shopOfAllStatuses(): TestShop {
  const shop = new TestShop();
  shop.ask(create("tea", 7));
  for (const name of ["pending", "confirmed", "cancelled", "expired", "failed", "referred"])
    shop.ask(place(name, { tea: 1 }));
  shop.ask(confirm("confirmed"), cancel("cancelled"));
  shop.seconds = 60;
  shop.ask(expire("failed"), adjust("a1", "tea", -3), confirm("failed"));
  shop.ask(expire("referred"), adjust("a3", "tea", -1), confirm("referred", "p", "review"), expire("expired"));
  return shop;
}

const payment = { at: instant(99), outcome: "ON_TIME" } as const;

const eventTypes = {
  OrderConfirmed: (order: Order) => ({ type: "OrderConfirmed", ...orderEvent(order, actor), payment }),
  OrderCancelled: (order: Order) => ({ type: "OrderCancelled", ...orderEvent(order, actor), at: instant(99) }),
  OrderExpired: (order: Order) => ({ type: "OrderExpired", ...orderEvent(order, actor), at: instant(99) }),
  LatePaymentAccepted: (order: Order) => ({ type: "LatePaymentAccepted", ...orderEvent(order, actor), payment }),
  LatePaymentRefused: (order: Order) => ({ type: "LatePaymentRefused", ...orderEvent(order, actor), payment }),
  LatePaymentReferred: (order: Order) => ({ type: "LatePaymentReferred", ...orderEvent(order, actor), payment }),
  LatePaymentApproved: (order: Order) => ({
    type: "LatePaymentApproved",
    ...orderEvent(order, actor),
    payment,
    at: instant(99),
  }),
  LatePaymentRejected: (order: Order) => ({ type: "LatePaymentRejected", ...orderEvent(order, actor), payment }),
  ExpiredOrderCancelled: (order: Order) => ({
    type: "ExpiredOrderCancelled",
    ...orderEvent(order, actor),
    at: instant(99),
  }),
  SurplusPaymentRecorded: (order: Order) => ({
    type: "SurplusPaymentRecorded",
    ...orderEvent(order, actor),
    payment: { ...payment, reference: "other", outcome: "REFUND_DUE" },
  }),
  PaymentRefunded: (order: Order) => ({
    type: "PaymentRefunded",
    ...orderEvent(order, actor),
    payment: { ...payment, outcome: "REFUNDED", refund: { at: instant(99) } },
  }),
} as const satisfies Record<string, (order: Order) => Event>;

type OrderEventType = keyof typeof eventTypes;

/** What each event makes of an order in each status; `bug` where it cannot have happened. */
test.each<readonly [OrderEventType, string, string]>([
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

test("makes each thing once", () => {
  const shop = new TestShop();
  const events = shop.batch(create("tea", 5), place("o1", { tea: 1 })).events;
  expect(events.map(({ type }) => type)).toEqual(["ProductCreated", "StockAdjusted", "OrderPlaced"]);
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
