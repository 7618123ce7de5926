import { expect, test } from "vitest";
import { reservationOf } from "../order.ts";
import { adjust, cancel, confirm, create, expire, extend, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant, RulesShop } from "../testing/rules-shop.ts";

const day = 86_400;
const held: readonly Step[] = [
  [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
];

test("holds an order until its later end, and no longer", () => {
  const shop = live(
    ...held,
    [59, extend("o1", instant(90)), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [60, expire("o1"), "order_not_due", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [89, expire("o1"), "order_not_due", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [90, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
  );
  expect(shop.order("o1")).toMatchObject({ version: 3, reservation: { expiresAt: instant(90) } });
});

test("sells within the later end", () => {
  live(
    ...held,
    [59, extend("o1", instant(90)), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [89, confirm("o1"), "ok", "tea 5/0/2/3", "CONFIRMED"],
    [89, extend("o1", instant(99)), "order_not_extendable", "tea 5/0/2/3", "CONFIRMED"],
  );
});

test("holds an order for seven days that awaits a bank transfer", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 2 }, { holdSeconds: 7 * day }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [7 * day - 1, expire("o1"), "order_not_due", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [7 * day - 1, confirm("o1"), "ok", "tea 5/0/2/3", "CONFIRMED"],
  );
});

test("changes nothing for a repeat, or for an extension that was overtaken", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 2 }));
  expect(shop.batch(extend("o1", instant(90))).events).toHaveLength(1);
  expect(shop.batch(extend("o1", instant(90)), extend("o1", instant(70))).events).toEqual([]);
  expect(shop.order("o1")).toMatchObject({ version: 2, reservation: { expiresAt: instant(90) } });
});

test("extends nothing that has ended or run out, be it tidied up or not", () => {
  live(
    ...held,
    [1, extend("o2", instant(90)), "order_not_found", "tea 5/2/0/3", "-"],
    [60, extend("o1", instant(90)), "order_not_extendable", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [61, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [61, extend("o1", instant(90)), "order_not_extendable", "tea 5/0/0/5", "EXPIRED"],
    [62, cancel("o1"), "ok", "tea 5/0/0/5", "CANCELLED"],
    [62, extend("o1", instant(90)), "order_not_extendable", "tea 5/0/0/5", "CANCELLED"],
  );
});

test("holds for as long as the shop allows since the order was placed, and not a millisecond longer", () => {
  live(
    ...held,
    [59, extend("o1", instant(100), { holdSecondsMax: 100 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [99, extend("o1", instant(100) + 1, { holdSecondsMax: 100 }), "hold_too_long", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [99, extend("o1", instant(30 * day)), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [99, extend("o1", instant(30 * day) + 1), "hold_too_long", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [99, place("o2", { tea: 1 }, { holdSeconds: 101, holdSecondsMax: 100 }), "hold_too_long", "tea 5/2/0/3", "-"],
    [99, place("o2", { tea: 1 }, { holdSeconds: 30 * day + 1 }), "hold_too_long", "tea 5/2/0/3", "-"],
  );
});

test("extends only for a payment that is under way where the shop says so", () => {
  const shop = live(
    ...held,
    [1, extend("o1", instant(90), { extendFor: "payment" }), "payment_not_named", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [
      1,
      extend("o1", instant(90), { extendFor: "payment", paymentReference: "pi_1" }),
      "ok",
      "tea 5/2/0/3",
      "PENDING_PAYMENT",
    ],
  );
  expect(shop.journal.at(-1)?.records).toMatchObject([{ type: "OrderExtended", paymentReference: "pi_1" }]);
});

test("knows the end of an extended reservation after a late payment has made a second one", () => {
  const shop = live(
    ...held,
    [1, extend("o1", instant(90)), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [90, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [91, adjust("a1", "tea", 1), "ok", "tea 6/0/0/6", "-"],
    [92, confirm("o1"), "ok", "tea 6/0/2/4", "CONFIRMED"],
  );
  expect(reservationOf(shop.order("o1"), 1)).toMatchObject({ status: "EXPIRED", expiresAt: instant(90) });
});

test("answers a repeated placing as it was, whatever has been extended since", () => {
  const shop = new RulesShop();
  const claimed = { claim: { key: "k", fingerprint: "f" } };
  shop.ask(create("tea", 5));
  const [placed] = shop.batch(place("o1", { tea: 1 }, claimed)).outcomes;
  shop.ask(extend("o1", instant(90)));
  expect(shop.batch(place("o2", { tea: 1 }, claimed)).outcomes).toEqual([{ ...placed, replayed: true }]);
});
