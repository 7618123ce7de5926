import { expect, test } from "vitest";
import { reservationIdOf } from "../ids.ts";
import { adjust, cancel, confirm, create, expire, place, review } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

/** Two of `tea` and one `cup`, paid late at 61 s, when `cup` had gone. */
const underReview: readonly Step[] = [
  [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
  [0, create("cup", 1), "ok", "cup 1/0/0/1", "-"],
  [0, place("o1", { tea: 2, cup: 1 }), "ok", "tea 2/2/0/0, cup 1/1/0/0", "PENDING_PAYMENT"],
  [60, expire("o1"), "ok", "tea 2/0/0/2, cup 1/0/0/1", "EXPIRED"],
  [60, place("o2", { cup: 1 }), "ok", "cup 1/1/0/0", "PENDING_PAYMENT"],
  [61, confirm("o1", "pay-1", "review"), "late_payment_review_due", "tea 2/0/0/2, cup 1/1/0/0", "FAILED"],
];

test("sells what is free again, once", () => {
  const shop = live(
    ...underReview,
    [62, cancel("o2"), "ok", "cup 1/0/0/1", "CANCELLED"],
    [63, review("o1", "SELL"), "ok", "tea 2/0/2/0, cup 1/0/1/0", "CONFIRMED"],
    [64, review("o1", "SELL"), "ok", "tea 2/0/2/0, cup 1/0/1/0", "CONFIRMED"],
    [65, review("o1", "REFUND"), "order_not_reviewable", "tea 2/0/2/0, cup 1/0/1/0", "CONFIRMED"],
    [66, confirm("o1"), "ok", "tea 2/0/2/0, cup 1/0/1/0", "CONFIRMED"],
    [67, cancel("o1"), "order_not_cancellable", "tea 2/0/2/0, cup 1/0/1/0", "CONFIRMED"],
  );
  const order = shop.order("o1");
  expect(order).toMatchObject({
    version: 4,
    endedAt: instant(63),
    reservation: { id: reservationIdOf(order.id, 2), status: "CONFIRMED", expiresAt: instant(63) },
  });
  expect(order.payments[0]).toEqual({
    reference: "pay-1",
    at: instant(61),
    outcome: "REHELD",
    review: { decision: "SELL", at: instant(63) },
  });
});

test("sells nothing while a line is missing, and leaves the review open", () => {
  const shop = live(
    ...underReview,
    [62, review("o1", "SELL"), "insufficient_stock", "tea 2/0/0/2, cup 1/1/0/0", "FAILED"],
    [63, confirm("o1"), "late_payment_review_due", "tea 2/0/0/2, cup 1/1/0/0", "FAILED"],
  );
  expect(shop.outcome(review("o1", "SELL"))).toMatchObject({
    failure: { shortfalls: [{ sku: "cup", requested: 1, available: 0 }] },
  });
  expect(shop.order("o1")).toMatchObject({ version: 3, payments: [{ outcome: "REVIEW_DUE" }] });
  expect(shop.ask(adjust("a1", "cup", 1), review("o1", "SELL"))).toEqual(["ok", "ok"]);
});

test("gives the money back, once, also where the stock is free again", () => {
  const shop = live(
    ...underReview,
    [62, cancel("o2"), "ok", "cup 1/0/0/1", "CANCELLED"],
    [63, review("o1", "REFUND"), "ok", "tea 2/0/0/2, cup 1/0/0/1", "FAILED"],
    [64, review("o1", "REFUND"), "ok", "tea 2/0/0/2, cup 1/0/0/1", "FAILED"],
    [65, review("o1", "SELL"), "order_not_reviewable", "tea 2/0/0/2, cup 1/0/0/1", "FAILED"],
    [66, confirm("o1", "pay-1", "review"), "late_payment_refund_due", "tea 2/0/0/2, cup 1/0/0/1", "FAILED"],
  );
  expect(shop.order("o1")).toMatchObject({ version: 4, endedAt: instant(60), reservation: { status: "EXPIRED" } });
  expect(shop.order("o1").payments[0]).toEqual({
    reference: "pay-1",
    at: instant(61),
    outcome: "REFUND_DUE",
    review: { decision: "REFUND", at: instant(63) },
  });
  const rejected = shop.journal.filter(({ records }) => records[0]?.type === "LatePaymentRejected");
  expect(rejected).toHaveLength(1);
  expect(shop.outcome(review("o1", "SELL"))).toMatchObject({ failure: { status: "FAILED", decision: "REFUND" } });
});

test.each(["SELL", "REFUND"] as const)("decides nothing of an order that awaits no review: %s", (decision) => {
  const shop = live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, review("o1", decision), "order_not_found", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 1 }), "ok", "tea 5/1/0/4", "PENDING_PAYMENT"],
    [0, review("o1", decision), "order_not_reviewable", "tea 5/1/0/4", "PENDING_PAYMENT"],
    [9, place("o2", { tea: 1 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [9, cancel("o2"), "ok", "tea 5/1/0/4", "CANCELLED"],
    [9, review("o2", decision), "order_not_reviewable", "tea 5/1/0/4", "CANCELLED"],
    [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [60, review("o1", decision), "order_not_reviewable", "tea 5/0/0/5", "EXPIRED"],
    [61, confirm("o1"), "ok", "tea 5/0/1/4", "CONFIRMED"],
    [62, review("o1", decision), "order_not_reviewable", "tea 5/0/1/4", "CONFIRMED"],
    [62, place("o3", { tea: 4 }), "ok", "tea 5/4/1/0", "PENDING_PAYMENT"],
    [122, expire("o3"), "ok", "tea 5/0/1/4", "EXPIRED"],
    [122, adjust("a1", "tea", -1), "ok", "tea 4/0/1/3", "-"],
    [123, confirm("o3"), "late_payment_refund_due", "tea 4/0/1/3", "FAILED"],
    [124, review("o3", decision), "order_not_reviewable", "tea 4/0/1/3", "FAILED"],
  );
  expect(shop.outcome(review("o3", decision))).toMatchObject({
    failure: { code: "order_not_reviewable", status: "FAILED" },
  });
});
