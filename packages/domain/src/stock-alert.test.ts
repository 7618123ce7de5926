import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { adjust, cancel, change, changeLevel, confirm, create, place } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

/** What each command has the feed say of the level, as one batch each. */
function saidOf(shop: RulesShop, ...commands: readonly Command[]): string[] {
  return commands.map((command) => {
    const said = shop.batch(command).events.flatMap((event) => {
      if (event.type !== "StockLow" && event.type !== "StockOut" && event.type !== "StockBack") return [];
      return [`${event.type} ${event.availableStock}/${event.lowStockThreshold}`];
    });
    return said.join(", ") || "-";
  });
}

function shopWith(stock: number, lowStockThreshold: number): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", stock), changeLevel("tea", { lowStockThreshold }));
  return shop;
}

test("says each crossing once: low, out, and back", () => {
  const shop = shopWith(5, 2);
  expect(
    saidOf(
      shop,
      place("o1", { tea: 2 }),
      place("o2", { tea: 1 }),
      place("o3", { tea: 1 }),
      place("o4", { tea: 1 }),
      confirm("o1"),
      adjust("a1", "tea", 2),
      adjust("a2", "tea", 1),
      place("o5", { tea: 3 }),
      adjust("a3", "tea", 9),
    ),
  ).toEqual([
    "-",
    "StockLow 2/2",
    "-",
    "StockOut 0/2",
    "-",
    "StockBack 2/2",
    "StockBack 3/2",
    "StockOut 0/2",
    "StockBack 9/2",
  ]);
});

test("says nothing of a level without a threshold", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 1));
  expect(saidOf(shop, place("o1", { tea: 1 }), cancel("o1"))).toEqual(["-", "-"]);
  expect(shop.snapshot.levels.get("tea@main")).not.toHaveProperty("stockAlert");
});

test("does not flap while carts come and go in a rush, and says that it is back when the rush is over", () => {
  const shop = shopWith(4, 0);
  const orders = ["o1", "o2", "o3", "o4"];
  expect(saidOf(shop, ...orders.map((name) => place(name, { tea: 1 })))).toEqual(["-", "-", "-", "StockOut 0/0"]);
  // One is given back, and taken again.
  expect(saidOf(shop, cancel("o1"), place("o5", { tea: 1 }), cancel("o2"), place("o6", { tea: 1 }))).toEqual(
    Array.from({ length: 4 }, () => "-"),
  );
  expect(saidOf(shop, cancel("o3"), cancel("o4"), cancel("o5"))).toEqual(["-", "-", "StockBack 3/0"]);
});

test("says that the last unit is back once nothing is held, also when the other units were paid for", () => {
  const shop = shopWith(2, 0);
  expect(saidOf(shop, place("o1", { tea: 1 }), place("o2", { tea: 1 }), cancel("o1"), confirm("o2"))).toEqual([
    "-",
    "StockOut 0/0",
    "-",
    "StockBack 1/0",
  ]);
});

test("does not call a level low again and again that carts hold at its threshold", () => {
  const shop = shopWith(5, 4);
  const rounds = ["o1", "o2", "o3"].flatMap((name) => [place(name, { tea: 1 }), cancel(name)]);
  expect(saidOf(shop, ...rounds)).toEqual(["StockLow 4/4", "-", "-", "-", "-", "-"]);
  expect(saidOf(shop, adjust("a1", "tea", 1), place("o4", { tea: 2 }))).toEqual(["StockBack 6/4", "StockLow 4/4"]);
});

test("looks anew where a threshold is set, changed or taken away", () => {
  const shop = shopWith(3, 1);
  const to = (lowStockThreshold: number | null) => changeLevel("tea", { lowStockThreshold });
  expect(saidOf(shop, to(5), to(2), to(3), to(null), to(4), to(1))).toEqual([
    "StockLow 3/5",
    "StockBack 3/2",
    "StockLow 3/3",
    "-",
    "StockLow 3/4",
    "StockBack 3/1",
  ]);
});

test("calls a level out at nothing available that may still owe units, and back when more has come than it owes", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 2, { policies: { backorderLimit: 4 } }), changeLevel("tea", { lowStockThreshold: 1 }));
  expect(
    saidOf(
      shop,
      place("o1", { tea: 1 }),
      // One that is there, and two that are owed.
      place("o2", { tea: 3 }),
      place("o3", { tea: 1 }),
      cancel("o3"),
      confirm("o1"),
      confirm("o2"),
      adjust("a1", "tea", 1),
      adjust("a2", "tea", 1),
      adjust("a3", "tea", 1),
    ),
  ).toEqual(["StockLow 1/1", "StockOut -2/1", "-", "-", "-", "-", "-", "-", "StockBack 1/1"]);
});

test("looks at a level that owes units already where a threshold is set", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 1, { policies: { backorderLimit: 4 } }), place("o1", { tea: 3 }));
  const limited = change("tea", { policies: { backorderLimit: null } });
  expect(saidOf(shop, changeLevel("tea", { lowStockThreshold: 0 }), limited, cancel("o1"))).toEqual([
    "StockOut -2/0",
    "-",
    "StockBack 1/0",
  ]);
});

test("says it right behind what made it, in the same commit", () => {
  const shop = shopWith(2, 0);
  const { events } = shop.batch(place("o1", { tea: 1 }), place("o2", { tea: 1 }), cancel("o1"), cancel("o2"));
  expect(events.map(({ type }) => type)).toEqual([
    "OrderPlaced",
    "OrderPlaced",
    "StockOut",
    "OrderCancelled",
    "OrderCancelled",
    "StockBack",
  ]);
});
