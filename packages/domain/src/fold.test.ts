import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { foldLimits, foldOn, isWorthFolding, type Line, type StoredLevel } from "./fold.ts";
import { mainLocation, type Sku } from "./ids.ts";
import { emptyLevel, noFigures } from "./stock-level.ts";
import { adjust, cancel, confirm, correct, create, expire, orderId, place } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const level: StoredLevel = { ...emptyLevel("tea" as Sku, mainLocation), version: 40 };

function lines(...texts: readonly string[]): Line[] {
  return texts.map((text) => {
    const [id = "", status, units] = text.split(" ");
    return { id, status, units: units === "half" ? 0.5 : Number(units) };
  });
}

test.each([
  ["nothing", [], undefined],
  ["nothing where the first is open", ["a PENDING_PAYMENT 1", "b CONFIRMED 1"], undefined],
  ["what is sold", ["a CONFIRMED 2", "b CONFIRMED 1"], "b: 2 sold, 3 units"],
  [
    "nothing of what has ended without a sale, and goes on behind it",
    ["a EXPIRED 2", "b CANCELLED 1"],
    "b: 0 sold, 0 units",
  ],
  [
    "up to the first that is open",
    ["a CONFIRMED 2", "b FAILED 9", "c PENDING_PAYMENT 1", "d CONFIRMED 1"],
    "b: 1 sold, 2 units",
  ],
  ["up to the first that counts no whole units", ["a CONFIRMED 2", "b CONFIRMED half"], "a: 1 sold, 2 units"],
])("folds %s", (_what, orders, expected) => {
  const fold = foldOn(level, { orders: lines(...orders) })?.fold;
  const { through, counts, units } = fold ?? {};
  expect(fold && `${through?.orders}: ${counts?.committedStock} sold, ${units?.committedStock} units`).toBe(expected);
});

test("goes on where it has stopped, and counts how often it was moved", () => {
  const adjustments = lines("x TOTAL 10", "y TOTAL -3");
  const first = foldOn(level, { orders: lines("a CONFIRMED 2"), adjustments }) ?? level;
  const second = foldOn({ ...first, version: 50 }, { orders: lines("b CONFIRMED 1") });
  expect(second).toMatchObject({
    folds: 2,
    fold: {
      through: { orders: "b", adjustments: "y" },
      units: { totalStock: 7, committedStock: 3 },
      counts: { totalStock: 2, committedStock: 2 },
      version: 50,
    },
  });
});

test("takes at most `linesMax` lines in a step, and has the level's version once all is folded", () => {
  const { linesMax } = foldLimits;
  const orders = Array.from({ length: linesMax + 1 }, (_, n) => `${100_000 + n} CONFIRMED 1`);
  const first = foldOn(level, { orders: lines(...orders) });
  expect(first?.fold).toMatchObject({ units: { ...noFigures, committedStock: linesMax }, version: 0 });
  const last = foldOn(first ?? level, { orders: lines(...orders.slice(linesMax)) });
  expect(last?.fold).toMatchObject({ units: { ...noFigures, committedStock: linesMax + 1 }, version: 40 });
});

test("a level is worth folding once it has moved `afterMovements` times", () => {
  const { afterMovements } = foldLimits;
  const moved = (version: number) => isWorthFolding({ ...level, version });
  expect([moved(afterMovements - 1), moved(afterMovements)]).toEqual([false, true]);
  const { fold } = foldOn({ ...level, version: 500 }, { orders: lines("a CONFIRMED 1") }) ?? level;
  expect(fold && isWorthFolding({ ...level, version: 499 + afterMovements, fold })).toBe(false);
  expect(fold && isWorthFolding({ ...level, version: 500 + afterMovements, fold })).toBe(true);
});

/** What the fold of tea holds: units and counts of each counter. */
function foldOf(shop: RulesShop): string {
  const { fold } = shop.recount("tea").level;
  const { totalStock, reservedStock, committedStock } = fold?.counts ?? noFigures;
  const { units = noFigures } = fold ?? {};
  return `${units.totalStock}/${units.reservedStock}/${units.committedStock} of ${totalStock}/${reservedStock}/${committedStock}`;
}

test.each<readonly [string, readonly Command[], readonly Command[], string]>([
  [
    "a payment of its last order that came late",
    [place("o1", { tea: 2 }), expire("o1")],
    [confirm("o1", "p1")],
    "9/0/2 of 1/0/1",
  ],
  [
    "nothing that happens behind it",
    [place("o1", { tea: 2 }), expire("o1")],
    [place("o2", { tea: 1 })],
    "9/0/0 of 1/0/0",
  ],
  ["an order placed late", [place("o2", { tea: 2 }), cancel("o2")], [place("o1", { tea: 3 })], "9/3/0 of 1/1/0"],
  ["its sale", [place("o2", { tea: 2 }), cancel("o2")], [place("o1", { tea: 3 }), confirm("o1")], "9/0/3 of 1/0/1"],
  ["its end", [place("o2", { tea: 2 }), cancel("o2")], [place("o1", { tea: 3 }), cancel("o1")], "9/0/0 of 1/0/0"],
  ["an adjustment made late", [], [adjust("a", "tea", -4)], "5/0/0 of 2/0/0"],
  ["no correction", [], [correct("c", "tea", 9, 0, 0)], "9/0/0 of 1/0/0"],
])("a fold follows %s", (_what, before, after, expected) => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), ...before.filter(({ type }) => type === "PlaceOrder"));
  shop.seconds = 100;
  shop.ask(...before.filter(({ type }) => type !== "PlaceOrder"));
  shop.foldAll();
  if (after.some(({ type }) => type === "CorrectStock")) shop.edit("tea", { totalStock: 20 });
  expect(shop.ask(...after)).toEqual(after.map(() => "ok"));
  expect(foldOf(shop)).toBe(expected);
  expect(shop.recount("tea", "never").foldIsWrong).toBeUndefined();
});

test("no journal entry, no adjustment and no correction shows a fold", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 1 }), cancel("o1"));
  shop.foldAll();
  shop.ask(adjust("a", "tea", 3), place("o2", { tea: 1 }), confirm("o2"));
  shop.edit("tea", { totalStock: 20 });
  shop.ask(correct("c", "tea", 12, 0, 1));
  expect(shop.recount("tea").level.fold).toBeDefined();
  const { adjustments, corrections } = shop.snapshot;
  expect(JSON.stringify([shop.journal, [...adjustments.values()], [...corrections.values()]])).not.toMatch(/fold/);
  expect(corrections.size).toBe(1);
});

/** A shop in which someone has set a sold order back, once it was folded, and whose reviewer has seen what is left. */
function tampered(): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 2 }), confirm("o1"), place("o2", { tea: 1 }), confirm("o2"));
  shop.foldAll();
  const order = shop.order("o1");
  const orders = new Map(shop.snapshot.orders).set(orderId("o1"), { ...order, status: "CANCELLED" });
  shop.snapshot = { ...shop.snapshot, orders };
  return shop;
}

test("an edit of a folded order shows in a recount that does not trust the fold, and in no other", () => {
  const shop = tampered();
  expect(shop.recount("tea", "always")).toMatchObject({ sources: { committedStock: 3 } });
  expect(shop.recount("tea", "unless drift")).toMatchObject({ sources: { committedStock: 3 } });
  expect(shop.recount("tea", "never")).toMatchObject({ sources: { committedStock: 1 }, foldIsWrong: true });
});

test("what does not add up by the fold is added up without it, before it is reported", () => {
  const shop = tampered();
  shop.edit("tea", { committedStock: 1 });
  expect(shop.recount("tea", "unless drift")).toMatchObject({ sources: { committedStock: 1 }, foldIsWrong: true });
});

test("a correction to what the reviewer saw is made, whatever the fold says", () => {
  const shop = tampered();
  expect(shop.ask(correct("c1", "tea", 9, 0, 2))).toEqual(["drift_changed"]);
  expect(shop.ask(correct("c2", "tea", 9, 0, 1))).toEqual(["ok"]);
  expect(shop.stock("tea")).toBe("9/0/1/8");
});
