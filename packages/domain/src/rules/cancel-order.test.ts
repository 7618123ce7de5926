import { expect, test } from "vitest";
import { adjust, cancel, confirm, create, expire, instant, live, place, type Step } from "../test-shop.ts";

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
  expect(shop.order("o1")).not.toHaveProperty("payment");
});

test("gives back a hold that has run out and was not tidied up", () => {
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
    [70, cancel("o2"), "order_not_cancellable", "tea 5/0/2/3", "EXPIRED"],
    [70, adjust("a1", "tea", -3), "ok", "tea 2/0/2/0", "-"],
    [70, confirm("o2"), "late_payment_refund_due", "tea 2/0/2/0", "FAILED"],
    [71, cancel("o2"), "order_not_cancellable", "tea 2/0/2/0", "FAILED"],
  );
});
