import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { decideBatch } from "./decide-batch.ts";
import type { CustomerId, LocationId } from "./ids.ts";
import { ReadPlan, type Reads, readsOf } from "./reads.ts";
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
  refund,
  review,
} from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";
import { wordOf } from "./testing/words.ts";

/** What is read, table by table; tables of which nothing is read are left out. */
function named({ claims, ...tables }: Reads): object {
  const filled = (sets: object) =>
    Object.fromEntries(
      Object.entries(sets as Record<string, ReadonlySet<string>>).flatMap(([name, keys]) =>
        keys.size === 0 ? [] : [[name, [...keys]]],
      ),
    );
  const claimed = filled(claims);
  return { ...filled(tables), ...(Object.keys(claimed).length > 0 && { claims: claimed }) };
}

test.each<readonly [string, readonly Command[], object]>([
  ["nothing", [], {}],
  [
    "CreateProduct",
    [create("Tea", 5)],
    { products: ["Tea"], levels: ["Tea@main"], takenSkus: ["tea"], locations: ["main"] },
  ],
  [
    "CreateProduct with a key",
    [create("tea", 5, claim("k"))],
    {
      products: ["tea"],
      levels: ["tea@main"],
      takenSkus: ["tea"],
      locations: ["main"],
      claims: { products: ["k"] },
    },
  ],
  [
    "AdjustStock",
    [adjust("a1", "tea@berlin", 5)],
    { products: ["tea"], locations: ["berlin"], levels: ["tea@berlin"] },
  ],
  [
    "AdjustStock with a key",
    [adjust("a1", "tea", 5, claim("k"))],
    { products: ["tea"], locations: ["main"], levels: ["tea@main"], claims: { adjustments: ["k"] } },
  ],
  [
    "PlaceOrder",
    [place("o1", { tea: 1, cup: 1 })],
    { products: ["tea", "cup"], locations: ["main"], levels: ["tea@main", "cup@main"] },
  ],
  [
    "PlaceOrder elsewhere with a key",
    [place("o1", { tea: 1 }, { locationId: "berlin" as LocationId, ...claim("k") })],
    { products: ["tea"], locations: ["berlin"], levels: ["tea@berlin"], claims: { orders: ["k"] } },
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
    { products: ["tea"], locations: ["main"], levels: ["tea@main"], holdings: ["customer:ann", "key:tester"] },
  ],
  [
    "PlaceOrder of a customer, without bounds",
    [place("o1", { tea: 1 }, { customerId: "ann" as CustomerId })],
    { products: ["tea"], locations: ["main"], levels: ["tea@main"], holdings: ["customer:ann"] },
  ],
  [
    "PlaceOrder with a bound on customers, of a guest",
    [place("o1", { tea: 1 }, { bounds: { unitsPerCustomerMax: 1 } })],
    { products: ["tea"], locations: ["main"], levels: ["tea@main"] },
  ],
  ["ConfirmOrder", [confirm("o1")], { orders: [orderId("o1")] }],
  ["CancelOrder", [cancel("o1")], { orders: [orderId("o1")] }],
  ["ExpireOrder", [expire("o1")], { orders: [orderId("o1")] }],
  ["ReviewLatePayment", [review("o1", "SELL")], { orders: [orderId("o1")] }],
  [
    "CorrectStock",
    [correct("c1", "tea@berlin", 1, 0, 0)],
    { products: ["tea"], locations: ["berlin"], levels: ["tea@berlin"], recounts: ["tea@berlin"] },
  ],
  [
    "a batch, each entity once",
    [create("tea", 5), place("o1", { tea: 1 }), place("o2", { tea: 1 }), confirm("o1"), cancel("o1")],
    { products: ["tea"], locations: ["main"], levels: ["tea@main"], orders: [orderId("o1")], takenSkus: ["tea"] },
  ],
])("names what %s reads", (_what, commands, expected) => {
  expect(named(readsOf(commands))).toEqual(expected);
});

test("goes on to the levels and the holders of the orders that were found, but for what has been read", () => {
  const shop = new RulesShop();
  const ann = { customerId: "ann" as CustomerId };
  shop.ask(
    create("tea", 5),
    create("cup", 5),
    place("o1", { tea: 1, cup: 1 }, { ...ann, bounds: { unitsPerKeyMax: 9 } }),
    place("o2", { cup: 1 }, { customerId: "bob" as CustomerId }),
    cancel("o2"),
  );
  const { products, levels, orders, holdings } = shop.snapshot;
  const plan = new ReadPlan([place("o3", { tea: 1 }, ann), confirm("o1"), cancel("o2"), confirm("o9")]);
  expect(named(plan.next() as Reads)).toMatchObject({ levels: ["tea@main"], holdings: ["customer:ann"] });
  plan.add({
    products: [...products.values()],
    orders: [...orders.values()],
    levels: [levels.get("tea@main")].filter((level) => level !== undefined),
  });
  // An order that holds nothing any more moves no holding.
  expect(named(plan.next() as Reads)).toEqual({ levels: ["cup@main"], holdings: ["key:tester"] });
  plan.add({ levels: [...levels.values()].slice(1), holdings: [...holdings.values()].slice(1) });
  expect(plan.next()).toBeUndefined();
  expect([...plan.snapshot.levels.keys()]).toEqual(["tea@main", "cup@main"]);
  expect([...plan.snapshot.holdings.keys()]).toEqual(["key:tester"]);
});

test("goes on to the payments of the orders that were found, and to none of an order that has none", () => {
  const { plan, payments } = paidOrders();
  expect(named(plan.next() as Reads)).toMatchObject({ payments: [`${orderId("o1")}@1`, `${orderId("o1")}@2`] });
  plan.add({ payments });
  expect([...plan.snapshot.payments.values()]).toEqual(payments);
  expect(plan.snapshot.unreadable.size).toBe(0);
});

test("finds a payment unreadable that its order counts and the store has not", () => {
  const { plan, payments, levels } = paidOrders();
  plan.next();
  plan.add({ payments: payments.slice(0, 1), levels });
  const lost = `${orderId("o1")}@2`;
  expect([...plan.snapshot.unreadable.values()]).toMatchObject([
    { kind: "payment", id: lost, reason: "must be there" },
  ]);
  const { outcomes } = decideBatch(
    plan.snapshot,
    [confirm("o1", "pi_2"), refund("o1", "pi_2"), confirm("o2")],
    instant(1),
  );
  expect(outcomes.map(wordOf)).toEqual(["record_unreadable", "record_unreadable", "ok"]);
});

/** A plan that has read two orders, one of which has been paid twice. */
function paidOrders() {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }), place("o2", { tea: 1 }), confirm("o1", "pi_1"));
  shop.ask(confirm("o1", "pi_2"));
  const { orders, payments, levels } = shop.snapshot;
  const plan = new ReadPlan([refund("o1", "pi_2"), confirm("o2")]);
  plan.next();
  plan.add({ orders: [...orders.values()] });
  return { plan, payments: [...payments.values()], levels: [...levels.values()] };
}

test("reads nothing for nothing, and no second time where orders lead nowhere", () => {
  expect(new ReadPlan([]).next()).toBeUndefined();
  const plan = new ReadPlan([confirm("o1")]);
  expect(named(plan.next() as Reads)).toEqual({ orders: [orderId("o1")] });
  plan.add({});
  expect(plan.next()).toBeUndefined();
});
