import { expect, test } from "vitest";
import { asPlaced, type Order } from "../order.ts";
import {
  cancel,
  claim,
  confirm,
  create,
  expire,
  fulfil,
  fulfilmentId,
  orderId,
  place,
  review,
} from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

function shopThatSold(cart: Readonly<Record<string, number>> = { tea: 3 }): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), create("cup", 10), place("o1", cart), confirm("o1"));
  return shop;
}

test("what leaves is neither there nor sold any more, and what can be promised stays", () => {
  live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [1, place("o1", { tea: 3 }), "ok", "tea 10/3/0/7", "PENDING_PAYMENT"],
    [2, confirm("o1"), "ok", "tea 10/0/3/7", "CONFIRMED"],
    [3, fulfil("f1", "o1", { tea: 1 }), "ok", "tea 9/0/2/7", "CONFIRMED"],
    [4, fulfil("f2", "o1"), "ok", "tea 7/0/0/7", "CONFIRMED"],
    [5, fulfil("f3", "o1"), "nothing_to_fulfil", "tea 7/0/0/7", "CONFIRMED"],
    [6, fulfil("f4", "o1", { tea: 1 }), "more_than_sold", "tea 7/0/0/7", "CONFIRMED"],
  );
});

test("an order says how far it is fulfilled, line by line", () => {
  const shop = shopThatSold({ tea: 3, cup: 1 });
  const state = () => {
    const { version, fulfilmentStatus, lines } = shop.order("o1");
    return [version, fulfilmentStatus, ...lines.map(({ fulfilledQuantity }) => fulfilledQuantity)];
  };
  expect(state()).toEqual([2, "NONE", undefined, undefined]);
  expect(shop.ask(fulfil("f1", "o1", { tea: 2 }))).toEqual(["ok"]);
  expect(state()).toEqual([3, "PARTIAL", 2, undefined]);
  expect(shop.ask(fulfil("f2", "o1", { cup: 1 }))).toEqual(["ok"]);
  expect(state()).toEqual([4, "PARTIAL", 2, 1]);
  expect(shop.ask(fulfil("f3", "o1", {}, { reference: "parcel" }))).toEqual(["nothing_to_fulfil"]);
  expect(shop.ask(fulfil("f4", "o1", undefined, { reference: "parcel" }))).toEqual(["ok"]);
  expect(state()).toEqual([5, "FULFILLED", 3, 1]);
  expect([...shop.snapshot.fulfilments.values()]).toMatchObject([
    { id: fulfilmentId("f1"), fulfilmentStatus: "PARTIAL", lines: [{ sku: "tea", locationId: "main", quantity: 2 }] },
    { id: fulfilmentId("f2"), fulfilmentStatus: "PARTIAL" },
    { id: fulfilmentId("f4"), fulfilmentStatus: "FULFILLED", reference: "parcel" },
  ]);
});

test.each([
  ["more than is left", { tea: 4 }, { sku: "tea", locationId: "main", requested: 4, open: 3 }],
  ["what the order does not have", { cup: 1 }, { sku: "cup", locationId: "main", requested: 1, open: 0 }],
  ["from another place", { "tea@berlin": 1 }, { sku: "tea", locationId: "berlin", requested: 1, open: 0 }],
  [
    "more by two lines of one SKU",
    { tea: 2, "tea@main": 2 },
    { sku: "tea", locationId: "main", requested: 4, open: 3 },
  ],
])("refuses to ship %s, and changes nothing", (_what, cart: Readonly<Record<string, number>>, excess) => {
  const shop = shopThatSold();
  expect(shop.outcome(fulfil("f1", "o1", cart))).toMatchObject({
    kind: "refused",
    failure: { code: "more_than_sold", excesses: [excess] },
  });
  expect([shop.stock("tea"), shop.order("o1").version]).toEqual(["10/0/3/7", 2]);
});

test("only what is paid for leaves", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 })), cancel("o2"));
  shop.seconds = 60;
  shop.ask(expire("o3"));
  const words = ["o1", "o2", "o3", "o4"].map((name) => shop.ask(fulfil(`f-${name}`, name))[0]);
  expect(words).toEqual([...Array(3).fill("order_not_fulfillable"), "order_not_found"]);
});

test("makes one fulfilment under a key, and refuses another one under it", () => {
  const shop = shopThatSold();
  const first = fulfil("f1", "o1", { tea: 1 }, claim("k1"));
  expect(shop.ask(first, { ...first, ...fulfil("f2", "o1", { tea: 1 }, claim("k1")) })).toEqual(["ok", "replayed"]);
  expect(shop.ask(fulfil("f3", "o1", { tea: 2 }, claim("k1", "other")))).toEqual(["idempotency_key_reused"]);
  expect(shop.stock("tea")).toBe("9/0/2/7");
});

test("an order that has left can still be shown as it was placed", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 2 }, claim("k")));
  const order = () => shop.snapshot.orders.get(orderId("o1")) as Order;
  const placed = order();
  shop.ask(confirm("o1"), fulfil("f1", "o1", { tea: 1 }));
  expect(asPlaced(order())).toEqual(placed);
});

/** The ways in which an order is sold, and what its last command is. */
test.each([
  ["paid in time", 9, [], confirm("o1", "p1")],
  ["paid late", 60, [expire("o1")], confirm("o1", "p1")],
  ["paid late, before anyone tidied up", 60, [], confirm("o1", "p1")],
  [
    "paid late and sold by a person",
    60,
    [expire("o1"), place("o2", { tea: 9 }), confirm("o1", "p1", "review"), cancel("o2")],
    review("o1", "SELL"),
  ],
])(
  "where goods leave once they are paid for, an order that is %s has left at once, and once",
  (_, at, before, sale) => {
    const shop = new RulesShop();
    shop.ask(create("tea", 10), place("o1", { tea: 3 }));
    shop.seconds = at;
    shop.ask(...before);
    const shipping = { ...sale, fulfilmentId: fulfilmentId("f1") };
    expect(shop.ask(shipping, { ...shipping, fulfilmentId: fulfilmentId("f2") })).toEqual(["ok", "ok"]);
    expect([shop.stock("tea"), shop.order("o1").fulfilmentStatus]).toEqual(["7/0/0/7", "FULFILLED"]);
    expect([...shop.snapshot.fulfilments.keys()]).toEqual([fulfilmentId("f1")]);
  },
);

test("where goods leave once they are paid for, a level that was edited below what leaves sells all the same", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 3 }));
  shop.edit("tea", { totalStock: 2 });
  expect(shop.ask({ ...confirm("o1"), fulfilmentId: fulfilmentId("f1") })).toEqual(["ok"]);
  expect([shop.stock("tea"), shop.order("o1").fulfilmentStatus]).toEqual(["2/0/3/-1", "NONE"]);
});

test("a fold follows what has left, and an order that was folded may leave later", () => {
  const shop = shopThatSold();
  shop.foldAll();
  shop.ask(fulfil("f1", "o1", { tea: 1 }));
  shop.foldAll();
  shop.ask(fulfil("f2", "o1", { tea: 1 }));
  expect(shop.recount("tea").level.fold).toMatchObject({
    units: { totalStock: 9, committedStock: 2, shippedUnits: 1 },
    counts: { totalStock: 1, committedStock: 1, shippedUnits: 1 },
  });
  const recount = shop.recount("tea", "never");
  expect(recount.foldIsWrong).toBeUndefined();
  expect(recount.sources).toEqual({ totalStock: 8, reservedStock: 0, committedStock: 1 });
});

test("a fold keeps a fulfilment whose id lies in it", () => {
  const shop = shopThatSold();
  shop.ask(fulfil("f2", "o1", { tea: 1 }));
  shop.foldAll();
  shop.ask(fulfil("f1", "o1", { tea: 1 }));
  expect(shop.recount("tea").level.fold?.units).toMatchObject({
    totalStock: 8,
    reservedStock: 0,
    committedStock: 1,
    shippedUnits: 2,
  });
  expect(shop.recount("tea", "never").foldIsWrong).toBeUndefined();
});
