import { expect, test } from "vitest";
import { latePaymentPolicies } from "../late-payment.ts";
import { adjust, cancel, confirm, create, expire, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

/** Two units, both held until 60 s. */
const held: readonly Step[] = [
  [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
  [0, place("o1", { tea: 2 }), "ok", "tea 2/2/0/0", "PENDING_PAYMENT"],
];

test("sells what a paid order holds, once", () => {
  const shop = live(
    ...held,
    [9, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [10, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [99, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
  );
  expect(shop.order("o1")).toMatchObject({
    version: 2,
    payments: [{ reference: "pay-1", at: instant(9), outcome: "ON_TIME" }],
    reservation: { status: "CONFIRMED", expiresAt: instant(60) },
    endedAt: instant(9),
  });
});

test("is on time until the last millisecond of the reservation", () => {
  const shop = live(...held, [59.999, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"]);
  expect(shop.order("o1").payments).toEqual([{ at: instant(59.999), outcome: "ON_TIME" }]);
});

test("holds anew what a late payment finds untidied, from the instant the reservation ends", () => {
  const shop = live(...held, [60, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"]);
  expect(shop.order("o1")).toMatchObject({
    version: 3,
    payments: [{ reference: "pay-1", at: instant(60), outcome: "REHELD" }],
    reservation: { id: expect.stringMatching(/-2$/), status: "CONFIRMED" },
  });
  expect(shop.journal.at(-1)?.records.map(({ type }) => type)).toEqual(["OrderExpired", "LatePaymentAccepted"]);
});

test.each(latePaymentPolicies)(
  "keeps a late payment where an edited level promises more than there is (%s)",
  (policy) => {
    const shop = live(...held, [1, place("o2", { tea: 1 }), "insufficient_stock", "tea 2/2/0/0", "-"]);
    shop.edit("tea", { totalStock: 1 });
    shop.seconds = 60;
    expect(shop.ask(confirm("o1", "pay-1", policy))).toEqual([`late_payment_${policy}_due`]);
    expect([shop.stock("tea"), shop.order("o1").status]).toEqual(["1/0/0/1", "FAILED"]);
    expect(shop.order("o1").payments).toMatchObject([{ reference: "pay-1", outcome: `${policy}_due`.toUpperCase() }]);
    expect(shop.journal.at(-1)?.records.map(({ type }) => type)).toEqual([
      "OrderExpired",
      policy === "refund" ? "LatePaymentRefused" : "LatePaymentReferred",
    ]);
  },
);

test("holds anew what a late payment finds free", () => {
  const shop = live(
    ...held,
    [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
    [61, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [62, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
  );
  expect(shop.order("o1").payments).toEqual([{ at: instant(61), outcome: "REHELD" }]);
});

test("records the refund that is due where the stock has gone, once", () => {
  const shop = live(
    ...held,
    [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
    [60, place("o2", { tea: 1 }), "ok", "tea 2/1/0/1", "PENDING_PAYMENT"],
    [61, confirm("o1", "pay-1"), "late_payment_refund_due", "tea 2/1/0/1", "FAILED"],
    [62, confirm("o1"), "late_payment_refund_due", "tea 2/1/0/1", "FAILED"],
    [63, cancel("o2"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [64, confirm("o1", "pay-1"), "late_payment_refund_due", "tea 2/0/0/2", "FAILED"],
  );
  expect(shop.order("o1")).toMatchObject({
    version: 3,
    payments: [{ reference: "pay-1", at: instant(61), outcome: "REFUND_DUE" }],
    reservation: { status: "EXPIRED" },
    endedAt: instant(60),
  });
  expect(shop.journal.filter(({ records }) => records[0]?.type === "LatePaymentRefused")).toHaveLength(1);
});

test("records that a person has to decide where the shop wants that, once, whatever the policy is later", () => {
  const shop = live(
    ...held,
    [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
    [60, place("o2", { tea: 1 }), "ok", "tea 2/1/0/1", "PENDING_PAYMENT"],
    [61, confirm("o1", "pay-1", "review"), "late_payment_review_due", "tea 2/1/0/1", "FAILED"],
    [62, confirm("o1", undefined, "review"), "late_payment_review_due", "tea 2/1/0/1", "FAILED"],
    [63, cancel("o2"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [64, confirm("o1", "pay-1", "review"), "late_payment_review_due", "tea 2/0/0/2", "FAILED"],
    [65, confirm("o1", "pay-1", "refund"), "late_payment_review_due", "tea 2/0/0/2", "FAILED"],
    [66, cancel("o1"), "order_not_cancellable", "tea 2/0/0/2", "FAILED"],
  );
  expect(shop.order("o1")).toMatchObject({
    version: 3,
    payments: [{ reference: "pay-1", at: instant(61), outcome: "REVIEW_DUE" }],
    reservation: { status: "EXPIRED" },
    endedAt: instant(60),
  });
  expect(shop.journal.filter(({ records }) => records[0]?.type === "LatePaymentReferred")).toHaveLength(1);
});

test("holds anew before it asks for a review, and keeps a refund that is due", () => {
  live(
    ...held,
    [60, confirm("o1", "pay-1", "review"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [60, adjust("a1", "tea", 1), "ok", "tea 3/0/2/1", "-"],
    [60, place("o2", { tea: 1 }), "ok", "tea 3/1/2/0", "PENDING_PAYMENT"],
    [120, expire("o2"), "ok", "tea 3/0/2/1", "EXPIRED"],
    [120, adjust("a2", "tea", -1), "ok", "tea 2/0/2/0", "-"],
    [121, confirm("o2", "pay-2", "refund"), "late_payment_refund_due", "tea 2/0/2/0", "FAILED"],
    [122, confirm("o2", "pay-2", "review"), "late_payment_refund_due", "tea 2/0/2/0", "FAILED"],
  );
});

test("takes anew the whole cart or nothing of it", () => {
  live(
    [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
    [0, create("cup", 1), "ok", "cup 1/0/0/1", "-"],
    [0, place("o1", { tea: 2, cup: 1 }), "ok", "tea 2/2/0/0, cup 1/1/0/0", "PENDING_PAYMENT"],
    [60, expire("o1"), "ok", "tea 2/0/0/2, cup 1/0/0/1", "EXPIRED"],
    [60, adjust("a1", "cup", -1), "ok", "cup 0/0/0/0", "-"],
    [61, confirm("o1"), "late_payment_refund_due", "tea 2/0/0/2, cup 0/0/0/0", "FAILED"],
  );
});

test("sells nothing of an order that was cancelled or never placed, and keeps the payment", () => {
  const shop = live(
    ...held,
    [9, confirm("o2"), "order_not_found", "tea 2/2/0/0", "-"],
    [9, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [9, confirm("o1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
    [99, confirm("o1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
  );
  expect(shop.outcome(confirm("o1"))).toMatchObject({ failure: { status: "CANCELLED" }, subject: shop.order("o1") });
  expect(shop.order("o1")).toMatchObject({
    version: 3,
    payments: [{ at: instant(9), outcome: "REFUND_DUE" }],
    endedAt: instant(9),
  });
});
