import { expect, test } from "vitest";
import { cancel, confirm, create, expire, place, refund, review } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

/** Cancelled, and paid twice since: once with a reference and before that without one. */
const paidInVain: readonly Step[] = [
  [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
  [0, place("o1", { tea: 2 }), "ok", "tea 2/2/0/0", "PENDING_PAYMENT"],
  [9, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
  [10, confirm("o1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
  [11, confirm("o1", "pay-1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
];

test("closes the refund of the payment that is named, once", () => {
  const shop = live(
    ...paidInVain,
    [20, refund("o1", "pay-1", "re-1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [21, refund("o1", "pay-1", "re-1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [22, refund("o1", "pay-1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [23, refund("o1", "pay-1", "re-2"), "refunded_otherwise", "tea 2/0/0/2", "CANCELLED"],
    [24, confirm("o1", "pay-1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
  );
  expect(shop.order("o1")).toMatchObject({ version: 5, endedAt: instant(9) });
  expect(shop.order("o1").payments).toEqual([
    { at: instant(10), outcome: "REFUND_DUE" },
    { reference: "pay-1", at: instant(11), outcome: "REFUNDED", refund: { reference: "re-1", at: instant(20) } },
  ]);
  expect(shop.journal.at(-1)?.records).toMatchObject([
    { type: "PaymentRefunded", payment: { reference: "pay-1", outcome: "REFUNDED" } },
  ]);
});

test("closes the refund of a payment without a reference, under none", () => {
  const shop = live(
    ...paidInVain,
    [20, refund("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [21, refund("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [22, refund("o1", undefined, "re-1"), "refunded_otherwise", "tea 2/0/0/2", "CANCELLED"],
  );
  expect(shop.order("o1").payments).toEqual([
    { at: instant(10), outcome: "REFUNDED", refund: { at: instant(20) } },
    { reference: "pay-1", at: instant(11), outcome: "REFUND_DUE" },
  ]);
});

test("knows only payments that were reported", () => {
  live(
    ...paidInVain,
    [20, refund("o2"), "order_not_found", "tea 2/0/0/2", "-"],
    [20, refund("o1", "pay-2"), "payment_not_found", "tea 2/0/0/2", "CANCELLED"],
  );
});

test("closes no refund that is not due", () => {
  const shop = live(
    [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
    [0, place("o1", { tea: 2 }), "ok", "tea 2/2/0/0", "PENDING_PAYMENT"],
    [0, refund("o1"), "payment_not_found", "tea 2/2/0/0", "PENDING_PAYMENT"],
    [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
    [60, place("o2", { tea: 1 }), "ok", "tea 2/1/0/1", "PENDING_PAYMENT"],
    [60, confirm("o2", "pay-2"), "ok", "tea 2/0/1/1", "CONFIRMED"],
    [60, refund("o2", "pay-2"), "refund_not_due", "tea 2/0/1/1", "CONFIRMED"],
    [61, confirm("o1", "pay-1", "review"), "late_payment_review_due", "tea 2/0/1/1", "FAILED"],
    [62, refund("o1", "pay-1"), "refund_not_due", "tea 2/0/1/1", "FAILED"],
    [63, review("o1", "REFUND"), "ok", "tea 2/0/1/1", "FAILED"],
    [64, refund("o1", "pay-1"), "ok", "tea 2/0/1/1", "FAILED"],
    [65, review("o1", "REFUND"), "ok", "tea 2/0/1/1", "FAILED"],
    [66, review("o1", "SELL"), "order_not_reviewable", "tea 2/0/1/1", "FAILED"],
    [67, confirm("o1", "pay-1"), "late_payment_refund_due", "tea 2/0/1/1", "FAILED"],
  );
  expect(shop.order("o1").payments).toEqual([
    {
      reference: "pay-1",
      at: instant(61),
      outcome: "REFUNDED",
      review: { decision: "REFUND", at: instant(63) },
      refund: { at: instant(64) },
    },
  ]);
});
