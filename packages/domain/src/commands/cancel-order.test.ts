import { expect, test } from "vitest";
import { adjust, cancel, confirm, create, expire, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

const held: readonly Step[] = [
  [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
];

test("gives back what an order holds, once", () => {
  const shop = live(
    ...held,
    [9, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
    [10, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
  );
  expect(shop.order("o1")).toMatchObject({
    version: 2,
    endedAt: instant(9),
    reservation: { status: "CANCELLED", expiresAt: instant(60) },
  });
  expect(shop.order("o1").payments).toEqual([]);
});

test("gives back a reservation that has run out and was not tidied up", () => {
  live(...held, [61, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"]);
});

test("gives back nothing that has ended otherwise", () => {
  live(
    ...held,
    [9, cancel("o2"), "order_not_found", "tea 5/2/0/3", "-"],
    [9, confirm("o1"), "ok", "tea 5/0/2/3", "CONFIRMED"],
    [9, cancel("o1"), "order_not_cancellable", "tea 5/0/2/3", "CONFIRMED"],
    [9, place("o2", { tea: 3 }), "ok", "tea 5/3/2/0", "PENDING_PAYMENT"],
    [69, expire("o2"), "ok", "tea 5/0/2/3", "EXPIRED"],
    [70, adjust("a1", "tea", -3), "ok", "tea 2/0/2/0", "-"],
    [70, confirm("o2"), "late_payment_refund_due", "tea 2/0/2/0", "FAILED"],
    [71, cancel("o2"), "order_not_cancellable", "tea 2/0/2/0", "FAILED"],
  );
});

test.each(["refund", "review"] as const)(
  "keeps a cancel that comes after the reservation has run out (%s)",
  (policy) => {
    const shop = live(
      ...held,
      [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
      [61, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
      [62, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
      [63, expire("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
      [64, confirm("o1", "pay-1", policy), "order_not_confirmable", "tea 5/0/0/5", "CANCELLED"],
      [65, confirm("o1", "pay-1", policy), "order_not_confirmable", "tea 5/0/0/5", "CANCELLED"],
    );
    expect(shop.order("o1")).toMatchObject({
      version: 4,
      endedAt: instant(61),
      reservation: { status: "EXPIRED" },
      payments: [{ reference: "pay-1", at: instant(64), outcome: "REFUND_DUE" }],
    });
    expect(shop.journal.flatMap(({ records }) => records.map(({ type }) => type))).toEqual([
      ...["ProductCreated", "StockAdjusted", "OrderPlaced", "OrderExpired"],
      ...["ExpiredOrderCancelled", "SurplusPaymentRecorded"],
    ]);
  },
);
