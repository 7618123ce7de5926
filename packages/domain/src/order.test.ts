import { expect, test } from "vitest";
import { asPlaced, type Order, reservationOf } from "./order.ts";
import { adjust, cancel, claim, confirm, create, expire, orderId, place, review } from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

/** Ways an order can end, by the commands after its reservation of 60 s: its first reservation after them, its second one. */
const ways = [
  ["awaits its payment", 0, [], "ACTIVE", "none"],
  ["was paid", 9, [confirm("o1", "pay-1")], "CONFIRMED", "none"],
  ["was cancelled", 9, [cancel("o1")], "CANCELLED", "none"],
  ["ran out", 60, [expire("o1")], "EXPIRED", "none"],
  ["was paid late, before anyone tidied up", 60, [confirm("o1")], "EXPIRED", "CONFIRMED"],
  ["was paid late", 60, [expire("o1"), confirm("o1")], "EXPIRED", "CONFIRMED"],
  ["was paid in vain", 60, [expire("o1"), adjust("a1", "tea", -5), confirm("o1")], "EXPIRED", "none"],
  [
    "was paid late and sold by a person",
    60,
    [expire("o1"), adjust("a1", "tea", -5), confirm("o1", "p", "review"), adjust("a2", "tea", 5), review("o1", "SELL")],
    "EXPIRED",
    "CONFIRMED",
  ],
] as const;

test.each(ways)("an order that %s can still be shown as it was placed", (_what, seconds, commands) => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }, claim("k")));
  const order = () => shop.snapshot.orders.get(orderId("o1")) as Order;
  const placed = order();
  shop.seconds = seconds;
  shop.ask(...commands);
  expect(asPlaced(order())).toEqual(placed);
});

test.each(ways)("an order that %s has these reservations", (_what, seconds, commands, first, second) => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }));
  shop.seconds = seconds;
  shop.ask(...commands);
  const reservations = [1, 2, 3, 0].map((attempt) => reservationOf(shop.order("o1"), attempt));
  expect(reservations.map((reservation) => reservation?.status ?? "none")).toEqual([first, second, "none", "none"]);
  expect(reservations[0]?.expiresAt).toBe(instant(60));
});
