import { expect, test } from "vitest";
import { ReadPlan } from "../reads.ts";
import { adjust, change, changeCart, changePlace, claim, confirm, create, expire, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant, RulesShop } from "../testing/rules-shop.ts";

const held: readonly Step[] = [
  [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 4 }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
];

test("holds what is more, frees what is less, and its end stays", () => {
  const shop = live(
    ...held,
    [1, changeCart("o1", { tea: 5 }), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"],
    [2, changeCart("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [2, changeCart("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [2, changeCart("o1", { tea: 6 }), "insufficient_stock", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
  );
  expect(shop.order("o1")).toMatchObject({ version: 4, reservation: { expiresAt: instant(60) } });
});

test("changes nothing that has ended or run out, be it tidied up or not", () => {
  live(
    ...held,
    [1, changeCart("o2", { tea: 1 }), "order_not_found", "tea 5/4/0/1", "-"],
    [60, changeCart("o1", { tea: 1 }), "order_not_changeable", "tea 5/4/0/1", "PENDING_PAYMENT"],
    [61, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [61, changeCart("o1", { tea: 1 }), "order_not_changeable", "tea 5/0/0/5", "EXPIRED"],
    [62, confirm("o1"), "ok", "tea 5/0/4/1", "CONFIRMED"],
    [62, changeCart("o1", { tea: 1 }), "order_not_changeable", "tea 5/0/4/1", "CONFIRMED"],
  );
});

function shopWith(more: Parameters<typeof place>[2] = {}): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 5), create("pot", 1), place("o1", { tea: 2, cup: 1 }, more));
  return shop;
}

test("takes one thing for another, all or nothing", () => {
  const shop = shopWith();
  expect(shop.ask(changeCart("o1", { cup: 3, pot: 2 }))).toEqual(["insufficient_stock"]);
  expect([shop.stock("tea"), shop.stock("cup"), shop.stock("pot")]).toEqual(["5/2/0/3", "5/1/0/4", "1/0/0/1"]);
  const { events, writes } = shop.batch(changeCart("o1", { cup: 1, pot: 1 }));
  expect(events).toMatchObject([
    { type: "OrderLinesChanged", version: 2, linesBefore: [{ sku: "tea" }, { sku: "cup" }] },
  ]);
  expect(writes.levels.map(({ after }) => after.sku)).toEqual(["tea", "pot"]);
  expect([shop.stock("tea"), shop.stock("cup"), shop.stock("pot")]).toEqual(["5/0/0/5", "5/1/0/4", "1/1/0/0"]);
});

test("keeps the name and price of a line that stays, and takes those of now for a new one", () => {
  const shop = shopWith();
  const price = (amount: number) => ({ price: { amount, currency: "EUR" }, name: `Tea for ${amount}` });
  shop.ask(change("tea", price(999)), change("pot", price(100)));
  shop.ask(changeCart("o1", { tea: 3, pot: 1 }));
  expect(shop.order("o1")).toMatchObject({
    lines: [
      { sku: "tea", quantity: 3, name: "Fine tea", unitPrice: { amount: 450 } },
      { sku: "pot", quantity: 1, name: "Tea for 100", unitPrice: { amount: 100 } },
    ],
    total: { amount: 1450, currency: "EUR" },
  });
});

test("never refuses less, whatever has become of stock, product and place", () => {
  const shop = shopWith();
  shop.ask(adjust("a1", "tea", -4, { acceptsShortage: true }), change("tea", { archived: true }));
  shop.ask(changePlace("main", { active: false }));
  expect(shop.stock("tea")).toBe("1/2/0/-1");
  expect(shop.ask(changeCart("o1", { tea: 3, cup: 1 }), changeCart("o1", { tea: 1 }))).toEqual([
    "product_archived",
    "ok",
  ]);
  expect(shop.ask(changeCart("o1", { tea: 1, cup: 1 }))).toEqual(["location_inactive"]);
  expect(shop.stock("tea")).toBe("1/1/0/0");
});

test("refuses what there is not, other currencies, and another version than was seen", () => {
  const shop = shopWith();
  shop.ask(create("fan", 9, { price: { amount: 5, currency: "JPY" } }));
  expect(shop.ask(changeCart("o1", { tea: 2, hat: 1 }), changeCart("o1", { tea: 2, fan: 1 }))).toEqual([
    "product_not_found",
    "currency_mismatch",
  ]);
  expect(shop.ask(changeCart("o1", { fan: 1 }, { ifVersion: 1 }))).toEqual(["ok"]);
  expect(
    shop.ask(changeCart("o1", { tea: 1 }, { ifVersion: 1 }), changeCart("o1", { fan: 1 }, { ifVersion: 1 })),
  ).toEqual(["order_changed", "ok"]);
  expect(shop.order("o1").total).toEqual({ amount: 5, currency: "JPY" });
});

test("counts the difference against the bounds of its holders", () => {
  const bounds = { unitsPerCustomerMax: 4, unitsPerKeyMax: 6 };
  const shop = shopWith({ customerId: "ann", bounds });
  expect(shop.ask(changeCart("o1", { tea: 5 }, { bounds }), changeCart("o1", { tea: 4 }, { bounds }))).toEqual([
    "hold_limit_exceeded",
    "ok",
  ]);
  expect(shop.ask(place("o2", { cup: 3 }, { bounds }), place("o2", { cup: 2 }, { bounds }))).toEqual([
    "hold_limit_exceeded",
    "ok",
  ]);
  // Less is never too much, whatever the bound has become.
  const tighter = { unitsPerCustomerMax: 1, unitsPerKeyMax: 1 };
  expect(shop.ask(changeCart("o1", { tea: 3 }, { bounds: tighter }))).toEqual(["ok"]);
  expect(shop.ask(changeCart("o1", { tea: 4 }, { bounds: { unitsPerKeyMax: 5 } }))).toEqual(["hold_limit_exceeded"]);
});

test("a replay answers what was placed, however often its lines have changed", () => {
  const shop = shopWith(claim("k"));
  const placing = place("o1", { tea: 2, cup: 1 }, claim("k"));
  const first = JSON.stringify(shop.outcome(placing));
  shop.ask(changeCart("o1", { pot: 1 }), changeCart("o1", { tea: 5 }), confirm("o1"));
  expect(JSON.stringify(shop.outcome(placing))).toBe(first);
});

test("loads what an order of its own batch is to have, at the place where the batch puts it", () => {
  const plan = new ReadPlan([place("o1", { tea: 1 }, { locationId: "berlin" }), changeCart("o1", { cup: 2 })]);
  plan.next();
  plan.add({});
  expect(plan.next()?.levels).toEqual(new Set(["cup@berlin"]));
});
