import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import type { CustomerId, LocationId } from "./ids.ts";
import { needs, orderNeeds } from "./needs.ts";
import {
  adjust,
  cancel,
  claim,
  confirm,
  correct,
  create,
  expire,
  orderId,
  place,
  review,
  TestShop,
} from "./test-shop.ts";

const none = {
  products: [],
  levels: [],
  orders: [],
  productClaims: [],
  orderClaims: [],
  adjustmentClaims: [],
  correctionClaims: [],
  holders: [],
  tallies: [],
};

test.each<readonly [string, readonly Command[], object]>([
  ["nothing", [], {}],
  ["CreateProduct", [create("tea", 5)], { products: ["tea"], levels: ["tea@main"] }],
  [
    "CreateProduct with a key",
    [create("tea", 5, claim("k"))],
    { products: ["tea"], levels: ["tea@main"], productClaims: ["k"] },
  ],
  ["AdjustStock", [adjust("a1", "tea@berlin", 5)], { products: ["tea"], levels: ["tea@berlin"] }],
  [
    "AdjustStock with a key",
    [adjust("a1", "tea", 5, claim("k"))],
    { products: ["tea"], levels: ["tea@main"], adjustmentClaims: ["k"] },
  ],
  ["PlaceOrder", [place("o1", { tea: 1, cup: 1 })], { products: ["tea", "cup"], levels: ["tea@main", "cup@main"] }],
  [
    "PlaceOrder elsewhere with a key",
    [place("o1", { tea: 1 }, { locationId: "berlin" as LocationId, ...claim("k") })],
    { products: ["tea"], levels: ["tea@berlin"], orderClaims: ["k"] },
  ],
  [
    "PlaceOrder with bounds",
    [
      place(
        "o1",
        { tea: 1 },
        { customerId: "ann" as CustomerId, bounds: { unitsPerCustomerMax: 1, unitsPerKeyMax: 2 } },
      ),
    ],
    { products: ["tea"], levels: ["tea@main"], holders: ["customer:ann", "key:tester"] },
  ],
  [
    "PlaceOrder of a customer, without bounds",
    [place("o1", { tea: 1 }, { customerId: "ann" as CustomerId })],
    { products: ["tea"], levels: ["tea@main"], holders: ["customer:ann"] },
  ],
  [
    "PlaceOrder with a bound on customers, of a guest",
    [place("o1", { tea: 1 }, { bounds: { unitsPerCustomerMax: 1 } })],
    { products: ["tea"], levels: ["tea@main"] },
  ],
  ["ConfirmOrder", [confirm("o1")], { orders: [orderId("o1")] }],
  ["CancelOrder", [cancel("o1")], { orders: [orderId("o1")] }],
  ["ExpireOrder", [expire("o1")], { orders: [orderId("o1")] }],
  ["ReviewLatePayment", [review("o1", "SELL")], { orders: [orderId("o1")] }],
  [
    "CorrectStock",
    [correct("c1", "tea@berlin", 1, 0, 0)],
    { products: ["tea"], levels: ["tea@berlin"], tallies: ["tea@berlin"] },
  ],
  [
    "a batch, each entity once",
    [create("tea", 5), place("o1", { tea: 1 }), place("o2", { tea: 1 }), confirm("o1"), cancel("o1")],
    { products: ["tea"], levels: ["tea@main"], orders: [orderId("o1")] },
  ],
])("names what %s needs", (_what, commands, named) => {
  const found = needs(commands);
  expect({
    products: [...found.products],
    levels: [...found.levels.keys()],
    orders: [...found.orders],
    productClaims: [...found.productClaims],
    orderClaims: [...found.orderClaims],
    adjustmentClaims: [...found.adjustmentClaims],
    correctionClaims: [...found.correctionClaims],
    holders: [...found.holders],
    tallies: [...found.tallies.keys()],
  }).toEqual({ ...none, ...named });
});

test("names the levels and the holders of an order that was loaded, but for what is named already", () => {
  const shop = new TestShop();
  const ann = { customerId: "ann" as CustomerId };
  shop.ask(
    create("tea", 5),
    create("cup", 5),
    place("o1", { tea: 1, cup: 1 }, { ...ann, bounds: { unitsPerKeyMax: 9 } }),
    place("o2", { cup: 1 }, { customerId: "bob" as CustomerId }),
    cancel("o2"),
  );
  const named = needs([create("tea", 5), place("o3", { tea: 1 }, ann)]);
  const { levels, holders } = orderNeeds(shop.snapshot.orders.values(), named);
  expect([...levels]).toEqual([["cup@main", { sku: "cup", locationId: "main" }]]);
  // An order that holds nothing any more moves no holding.
  expect([...holders]).toEqual(["key:tester"]);
});
