import { expect, test } from "vitest";
import { cancel, confirm, create, expire, orderId, place } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant, RulesShop } from "../testing/rules-shop.ts";

const o1 = { replaces: orderId("o1") };
const held: readonly Step[] = [
  [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 4 }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
];

test("a cart takes over the units of the order that it replaces, in one step", () => {
  const shop = live(...held, [9, place("o2", { tea: 5 }, o1), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"]);
  expect(shop.order("o1")).toMatchObject({ status: "CANCELLED", endedAt: instant(9) });
  expect(shop.order("o2")).toMatchObject({ replaces: orderId("o1") });
  expect(shop.journal.at(-1)?.records.map(({ type }) => type)).toEqual(["OrderCancelled", "OrderPlaced"]);
});

test("an order keeps what it has where the cart that was to replace it is refused", () => {
  live(
    ...held,
    [9, place("o2", { tea: 6 }, o1), "insufficient_stock", "tea 5/4/0/1", "-"],
    [9, place("o2", { cup: 1 }, o1), "product_not_found", "tea 5/4/0/1", "-"],
    [9, confirm("o1"), "ok", "tea 5/0/4/1", "CONFIRMED"],
  );
});

test("a refusal counts the units of the replaced order as available", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 4 }));
  expect(shop.batch(place("o2", { tea: 6 }, o1)).outcomes).toMatchObject([
    { failure: { shortfalls: [{ requested: 6, available: 5 }] } },
  ]);
});

test("units of another place come free there, and help the cart nowhere else", () => {
  live(...held, [
    1,
    place("o2", { tea: 1 }, { ...o1, locationId: "berlin" }),
    "insufficient_stock",
    "tea 5/4/0/1",
    "-",
  ]);
});

test("an order that has run out is replaced as well: a payment that comes later sells nothing", () => {
  const shop = live(
    ...held,
    [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
    [61, place("o2", { tea: 5 }, o1), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"],
    [62, confirm("o1"), "order_not_confirmable", "tea 5/5/0/0", "CANCELLED"],
  );
  expect(shop.order("o1").reservation.status).toBe("EXPIRED");
});

test("an order is replaced once, and never after it was paid or cancelled", () => {
  live(
    ...held,
    [1, place("o2", { tea: 1 }, o1), "ok", "tea 5/1/0/4", "PENDING_PAYMENT"],
    [2, place("o3", { tea: 1 }, o1), "order_not_replaceable", "tea 5/1/0/4", "-"],
    [3, confirm("o2"), "ok", "tea 5/0/1/4", "CONFIRMED"],
    [4, place("o3", { tea: 1 }, { replaces: orderId("o2") }), "order_not_replaceable", "tea 5/0/1/4", "-"],
    [5, place("o3", { tea: 1 }, { replaces: orderId("o9") }), "order_not_found", "tea 5/0/1/4", "-"],
    [5, cancel("o1"), "ok", "tea 5/0/1/4", "CANCELLED"],
  );
});

test("an order of another customer is as one that there is not", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 4 }, { customerId: "ann" }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
    [1, place("o2", { tea: 1 }, { ...o1, customerId: "bob" }), "order_not_found", "tea 5/4/0/1", "-"],
    [1, place("o2", { tea: 1 }, o1), "order_not_found", "tea 5/4/0/1", "-"],
    [1, place("o2", { tea: 5 }, { ...o1, customerId: "ann" }), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"],
  );
});

test("a bound counts the new cart in place of the old one", () => {
  const ann = { customerId: "ann", bounds: { unitsPerCustomerMax: 5 } };
  live(
    [0, create("tea", 9), "ok", "tea 9/0/0/9", "-"],
    [0, place("o1", { tea: 4 }, ann), "ok", "tea 9/4/0/5", "PENDING_PAYMENT"],
    [1, place("o2", { tea: 6 }, { ...ann, ...o1 }), "hold_limit_exceeded", "tea 9/4/0/5", "-"],
    [1, place("o2", { tea: 5 }, { ...ann, ...o1 }), "ok", "tea 9/5/0/4", "PENDING_PAYMENT"],
    [2, place("o3", { tea: 1 }, ann), "hold_limit_exceeded", "tea 9/5/0/4", "-"],
  );
});
