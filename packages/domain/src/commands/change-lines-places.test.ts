import { expect, test } from "vitest";
import type { Outcome } from "../decide-batch.ts";
import { placedLines } from "../order-places.ts";
import { ReadPlan } from "../reads.ts";
import {
  adjust,
  change,
  changeCart,
  changePlace,
  claim,
  confirm,
  expire,
  levelKeyNamed,
  orderId,
  place,
  placeAnywhere,
} from "../testing/commands.ts";
import { placesOf, stocked } from "../testing/stocked-places.ts";

type Accepted = Extract<Outcome, { readonly kind: "accepted" }>;
type Units = Readonly<Record<string, number>>;

const stock = { tea: 2, "tea@berlin": 3, "tea@rome": 9, cup: 1, "cup@berlin": 5 };

test.each<[what: string, cart: Units, changed: Units, outcome: string, has: string]>([
  [
    "more from where it is, and then from elsewhere",
    { tea: 3 },
    { tea: 6 },
    "ok",
    "tea 2 main, tea 3 berlin, tea 1 rome",
  ],
  ["less from the last place first", { tea: 4 }, { tea: 3 }, "ok", "tea 2 main, tea 1 berlin"],
  ["a place goes once it gives nothing", { tea: 4 }, { tea: 2 }, "ok", "tea 2 main"],
  [
    "something else comes from where it is",
    { tea: 3 },
    { tea: 1, cup: 2 },
    "ok",
    "tea 1 main, cup 1 main, cup 1 berlin",
  ],
  ["a line is moved to the place that it names", { tea: 4 }, { "tea@rome": 4 }, "ok", "tea 4 rome"],
  [
    "a line that names a place leaves the others",
    { tea: 3 },
    { "tea@rome": 1, tea: 3 },
    "ok",
    "tea 2 main, tea 1 berlin, tea 1 rome",
  ],
  ["a named line keeps what is there", { tea: 3 }, { "tea@berlin": 2, tea: 2 }, "ok", "tea 2 main, tea 2 berlin"],
  ["a named place that is short", { tea: 3 }, { "tea@berlin": 4 }, "insufficient_stock", "tea 2 main, tea 1 berlin"],
  ["more than all places have", { tea: 3 }, { tea: 15 }, "insufficient_stock", "tea 2 main, tea 1 berlin"],
  ["a place that is not there", { tea: 3 }, { "tea@oslo": 1 }, "location_not_found", "tea 2 main, tea 1 berlin"],
])("%s", (_what, cart, changed, outcome, has) => {
  const shop = stocked(stock);
  shop.ask(placeAnywhere("o1", cart));
  expect(shop.ask(changeCart("o1", changed))).toEqual([outcome]);
  expect(placesOf(shop, "o1")).toBe(has);
  // Each level holds what the order has there, and nothing else.
  for (const name of ["tea@main", "tea@berlin", "tea@rome", "cup@main", "cup@berlin"]) {
    const held = placedLines(shop.order("o1")).find(({ sku, locationId }) => `${sku}@${locationId}` === name);
    expect(shop.stock(name).split("/")[1]).toBe(`${held?.quantity ?? 0}`);
    const level = shop.snapshot.levels.get(levelKeyNamed(name));
    if (level !== undefined) expect(shop.recount(name).level).toEqual(level);
  }
});

test("an order whose caller chose its places stays at them", () => {
  const shop = stocked(stock);
  shop.ask(place("o1", { tea: 1 }), placeAnywhere("o2", { "tea@berlin": 1, "cup@main": 1 }));
  const [outcome] = shop.batch(changeCart("o1", { tea: 3 })).outcomes;
  expect(outcome).toMatchObject({
    failure: { shortfalls: [{ sku: "tea", locationId: "main", requested: 3, available: 2 }] },
  });
  expect(shop.ask(changeCart("o2", { tea: 4, cup: 1 }))).toEqual(["ok"]);
  expect(placesOf(shop, "o2")).toBe("tea 3 berlin, tea 1 main, cup 1 main");
  expect(shop.ask(changeCart("o2", { tea: 5, cup: 1 }))).toEqual(["insufficient_stock"]);
  expect(shop.ask(changeCart("o2", { tea: 4, "tea@rome": 1 }))).toEqual(["ok"]);
  expect(placesOf(shop, "o2")).toBe("tea 3 berlin, tea 1 main, tea 1 rome");
});

test("more comes from where the order is, though another place has the most, and few splits are wanted", () => {
  const shop = stocked({ tea: 2, "tea@berlin": 1 });
  shop.ask(placeAnywhere("o1", { tea: 3 }, { allocateBy: "fewest-splits" }));
  shop.ask(adjust("a1", "tea", 1), adjust("a2", "tea@berlin", 1), adjust("a3", "tea@rome", 9), adjust("a4", "cup", 1));
  expect(shop.ask(changeCart("o1", { tea: 5 }))).toEqual(["ok"]);
  expect(placesOf(shop, "o1")).toBe("tea 3 main, tea 2 berlin");
  expect(shop.ask(changeCart("o1", { tea: 6, cup: 1 }))).toEqual(["ok"]);
  expect(placesOf(shop, "o1")).toBe("tea 3 main, tea 2 berlin, tea 1 rome, cup 1 main");
});

test("a refusal says what the order has already and what is free with it", () => {
  const shop = stocked({ tea: 2, "tea@berlin": 3, "cup@berlin": 1 });
  shop.ask(placeAnywhere("o1", { tea: 3 }), placeAnywhere("o2", { tea: 1 }));
  const [outcome] = shop.batch(changeCart("o1", { tea: 5, "cup@berlin": 2 })).outcomes;
  expect(outcome).toMatchObject({
    failure: {
      shortfalls: [
        { sku: "cup", locationId: "berlin", requested: 2, available: 1 },
        { sku: "tea", requested: 5, available: 4 },
      ],
    },
  });
});

test("units stay at a place that has closed, and more comes from those that are open", () => {
  const shop = stocked(stock);
  shop.ask(placeAnywhere("o1", { tea: 3 }), changePlace("main", { active: false }));
  expect(shop.ask(changeCart("o1", { tea: 5 }), changeCart("o1", { "tea@main": 3 }))).toEqual([
    "ok",
    "location_inactive",
  ]);
  expect(placesOf(shop, "o1")).toBe("tea 2 main, tea 3 berlin");
  expect(shop.ask(changeCart("o1", { "tea@main": 1 }))).toEqual(["ok"]);
});

test("names its places once it does not have all at one that it was at", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 2, "cup@berlin": 1 });
  shop.ask(placeAnywhere("o1", { tea: 1 }));
  const { events: grown } = shop.batch(changeCart("o1", { tea: 2 }));
  expect(grown).toMatchObject([
    {
      linesBefore: [{ sku: "tea", locationId: "main", quantity: 1 }],
      lines: [{ locationId: "main" }, { locationId: "berlin", quantity: 1 }],
    },
  ]);
  expect(grown[0]).not.toHaveProperty("locationId");
  const { events: moved } = shop.batch(changeCart("o1", { "cup@berlin": 1 }));
  expect(moved).toMatchObject([
    { locationId: "berlin", linesBefore: [{ locationId: "main" }, { locationId: "berlin" }], lines: [{ sku: "cup" }] },
  ]);
  expect([shop.stock("tea"), shop.stock("tea@berlin"), shop.stock("cup@berlin")]).toEqual([
    "1/0/0/1",
    "2/0/0/2",
    "1/1/0/0",
  ]);
});

test("a replay of its placing answers the places that it had", () => {
  for (const placing of [
    placeAnywhere("o1", { tea: 3, cup: 1 }, claim("k")),
    place("o1", { tea: 2 }, claim("k")),
    placeAnywhere("o1", { tea: 1 }, claim("k")),
  ]) {
    const shop = stocked(stock);
    const { subject } = shop.outcome(placing) as Accepted;
    expect(shop.ask(changeCart("o1", { "tea@rome": 4 }), changeCart("o1", { "tea@rome": 1, "cup@berlin": 2 }))).toEqual(
      ["ok", "ok"],
    );
    const again = shop.outcome(placing) as Accepted;
    expect([again.replayed, JSON.stringify(again.subject)]).toEqual([true, JSON.stringify(subject)]);
  }
});

test("a replay answers the place of a cart that was kept before carts had places", () => {
  for (const changed of [{ "tea@rome": 4 }, { tea: 3 }]) {
    const shop = stocked(stock);
    const placing = placeAnywhere("o1", { tea: 1 }, claim("k"));
    const { subject } = shop.outcome(placing) as Accepted;
    const orders = [...shop.snapshot.orders.values()];
    const kept = orders.map((order) => ({ ...order, first: { cart: { lines: order.lines, total: order.total } } }));
    shop.snapshot = { ...shop.snapshot, orders: new Map(kept.map((order) => [order.id, order])) };
    expect(shop.ask(changeCart("o1", changed))).toEqual(["ok"]);
    const again = shop.outcome(placing) as Accepted;
    expect([again.replayed, JSON.stringify(again.subject)]).toEqual([true, JSON.stringify(subject)]);
  }
});

test("a repeat under its key answers the places that the order had then", () => {
  const shop = stocked(stock);
  shop.ask(placeAnywhere("o1", { tea: 1 }));
  const keyed = changeCart("o1", { tea: 4 }, claim("k"));
  expect(shop.ask(keyed, changeCart("o1", { tea: 1 }))).toEqual(["ok", "ok"]);
  expect(shop.outcome(keyed)).toMatchObject({
    replayed: true,
    subject: {
      lines: [
        { locationId: "main", quantity: 2 },
        { locationId: "berlin", quantity: 2 },
      ],
    },
  });
});

test("no late payment moves an order whose caller has named a place since", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 1, "tea@rome": 1 });
  shop.ask(placeAnywhere("o1", { tea: 1 }), placeAnywhere("o2", { tea: 1 }));
  shop.ask(changeCart("o1", { "tea@rome": 1 }));
  shop.seconds = 60;
  shop.ask(expire("o1"), expire("o2"), place("o3", { tea: 1 }), place("o4", { tea: 1 }, { locationId: "rome" }));
  expect([...shop.ask(confirm("o1", "p1")), ...shop.ask(confirm("o2", "p2"))]).toEqual([
    "late_payment_refund_due",
    "ok",
  ]);
  expect(placesOf(shop, "o2")).toBe("tea 1 berlin");
});

test("an order stays where its caller has named the place, also where it was there already", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 9 });
  shop.ask(placeAnywhere("o1", { tea: 1 }));
  const { version } = shop.order("o1");
  const named = changeCart("o1", { "tea@main": 1 });
  expect(shop.ask(changeCart("o1", { "tea@main": 1 }, { ifVersion: version + 1 }))).toEqual(["order_changed"]);
  expect(shop.ask(named, changeCart("o1", { tea: 2 }))).toEqual(["ok", "insufficient_stock"]);
  expect([placesOf(shop, "o1"), shop.stock("tea"), shop.order("o1").version]).toEqual([
    "tea 1 main",
    "1/1/0/0",
    version + 1,
  ]);
  expect(shop.batch(named).events).toEqual([]);
  shop.seconds = 60;
  shop.ask(expire("o1"), place("o2", { tea: 1 }));
  expect(shop.ask(confirm("o1", "p1"))).toEqual(["late_payment_refund_due"]);
});

test("counts a SKU of several places once, against rules of its quantity and what its holders may have", () => {
  const shop = stocked(stock);
  shop.ask(change("tea", { policies: { maximumQuantity: 4, purchaseLimit: { quantity: 4, windowSeconds: 60 } } }));
  const bounds = { unitsPerCustomerMax: 4 };
  shop.ask(placeAnywhere("o1", { tea: 3 }, { customerId: "ann", bounds }));
  expect(
    shop.ask(
      changeCart("o1", { tea: 3, "tea@rome": 2 }, { bounds }),
      changeCart("o1", { tea: 3, cup: 2 }, { bounds }),
      changeCart("o1", { tea: 2, "tea@rome": 2 }, { bounds }),
    ),
  ).toEqual(["quantity_not_allowed", "hold_limit_exceeded", "ok"]);
  expect(placesOf(shop, "o1")).toBe("tea 2 main, tea 2 rome");
  // An archived product is still moved, and not sold anew.
  shop.ask(change("tea", { archived: true }));
  expect(shop.ask(changeCart("o1", { "tea@rome": 4 }), changeCart("o1", { tea: 5 }))).toEqual([
    "ok",
    "product_archived",
  ]);
});

test("what is not there is owed where the order is first", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 1 });
  shop.ask(change("tea", { policies: { backorderLimit: 2 } }));
  shop.ask(placeAnywhere("o1", { tea: 1 }), changeCart("o1", { tea: 5 }));
  expect(shop.order("o1").lines).toMatchObject([
    { locationId: "main", quantity: 3, backorderedQuantity: 2 },
    { locationId: "berlin", quantity: 2, backorderedQuantity: 1 },
  ]);
  shop.ask(adjust("a1", "tea", 5), changeCart("o1", { tea: 2 }));
  expect(shop.order("o1").lines).toMatchObject([{ quantity: 2, backorderedQuantity: 2 }]);
});

test("loads the levels of the place to which another change of its batch takes the order", () => {
  const shop = stocked(stock);
  shop.ask(place("o1", { tea: 1 }));
  const commands = [changeCart("o1", { "tea@berlin": 1 }), changeCart("o1", { tea: 1, cup: 1 })];
  const plan = new ReadPlan(commands);
  plan.next();
  plan.add({ orders: [shop.order("o1")] });
  expect(plan.next()?.levels).toContain("cup@berlin");
});

test("loads the levels of all open places where an order was allocated, and of its own where it was not", () => {
  const shop = stocked(stock);
  shop.ask(placeAnywhere("o1", { tea: 3 }), place("o2", { cup: 1 }));
  const levelsFor = (name: string) => {
    const plan = new ReadPlan([changeCart(name, { cup: 2, pot: 1 })]);
    const levels: string[] = [];
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) {
      levels.push(...reads.levels);
      const orders = reads.orders.has(orderId(name)) ? [shop.order(name)] : [];
      const locations = reads.lists.has("activeLocations") ? [...shop.snapshot.locations.values()] : [];
      plan.add({ orders, locations });
    }
    return levels.sort();
  };
  const everywhere = ["berlin", "main", "rome"];
  const wanted = ["cup", "pot"].flatMap((sku) => everywhere.map((locationId) => `${sku}@${locationId}`));
  expect(levelsFor("o1")).toEqual([...wanted, "tea@berlin", "tea@main"]);
  expect(levelsFor("o2")).toEqual(["cup@main", "pot@main"]);
});
