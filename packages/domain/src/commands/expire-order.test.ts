import { expect, test } from "vitest";
import { cancel, confirm, create, expire, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

const held: readonly Step[] = [
  [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
];

test("releases a reservation when its time has come, never before, and once", () => {
  const shop = live(
    ...held,
    [0, expire("o1"), "order_not_due", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [59.999, expire("o1"), "order_not_due", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [61, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
  );
  expect(shop.order("o1")).toMatchObject({ version: 2, endedAt: instant(60), reservation: { status: "EXPIRED" } });
});

test("leaves an order that has ended as it is", () => {
  live(
    ...held,
    [0, place("o2", { tea: 1 }), "ok", "tea 5/3/0/2", "PENDING_PAYMENT"],
    [9, confirm("o1"), "ok", "tea 5/1/2/2", "CONFIRMED"],
    [9, cancel("o2"), "ok", "tea 5/0/2/3", "CANCELLED"],
    [61, expire("o1"), "ok", "tea 5/0/2/3", "CONFIRMED"],
    [61, expire("o2"), "ok", "tea 5/0/2/3", "CANCELLED"],
    [61, expire("o3"), "order_not_found", "tea 5/0/2/3", "-"],
  );
});

test("says when it will be due", () => {
  const shop = live(...held);
  expect(shop.outcome(expire("o1"))).toMatchObject({ failure: { expiresAt: instant(60) } });
});
