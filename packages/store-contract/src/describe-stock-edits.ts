import { availableStock, mainLocation, type Sku, shortStock } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import {
  adjust,
  cancelSold,
  changeLevel,
  claim,
  confirm,
  correct,
  count,
  create,
  fulfil,
  giveBack,
  open,
  place,
  type Shop,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };
const spoiled = { affects: "CONDITION", reason: "quality_control", note: "wet" } as const;

async function levelOf(shop: Shop) {
  const found = await shop.database.queries.product(tea.sku);
  const level = found?.levels.find(({ locationId }) => locationId === mainLocation);
  return level && { ...level, availableStock: availableStock(level), shortStock: shortStock(level) };
}

/** What people change of stock: settings, conditions, counts and losses. */
export function describeStockEdits(withShop: ShopTest): void {
  test(
    "keeps what a shop sets of a level, and takes a threshold away again",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), changeLevel("tea", { safetyStock: 4, lowStockThreshold: 3 }));
      expect(await levelOf(shop)).toMatchObject({
        safetyStock: 4,
        lowStockThreshold: 3,
        availableStock: 6,
        version: 2,
      });
      expect(await shop.ask(place("o1", { tea: 7 }))).toEqual(["insufficient_stock"]);
      await ask(place("o1", { tea: 6 }), changeLevel("tea", { lowStockThreshold: null }));
      expect(await levelOf(shop)).not.toHaveProperty("lowStockThreshold");
      await ask(open("berlin"), changeLevel("tea@berlin", { lowStockThreshold: 1 }));
      expect([await levelOf(shop), await shop.drift()]).toMatchObject([{ safetyStock: 4, version: 4 }, []]);
    }),
  );

  test(
    "counts what cannot be sold, wherever it came from, and adds it up by a fold and without",
    withShop(async (shop, ask) => {
      const { folds, queries } = shop.database;
      await ask(create("tea", 10), place("o1", { tea: 4 }), confirm("o1"), fulfil("f1", "o1"));
      await ask(adjust("a1", "tea", 3, spoiled), adjust("a2", "tea", -1, { ...spoiled, reason: "repaired" }));
      expect(await folds.foldOn(tea)).toBe(true);
      await ask(giveBack("r1", "o1", { tea: 2 }, { disposition: "UNSELLABLE" }), giveBack("r2", "o1", { tea: 1 }));
      await ask(adjust("a3", "tea", -1, { affects: "UNSELLABLE", reason: "damage" }));
      expect(await levelOf(shop)).toMatchObject({ totalStock: 8, unsellableStock: 3, availableStock: 5 });
      for (const trust of ["always", "never"] as const) {
        const [recount] = await queries.recounts({ sku: tea.sku, trust }, { limit: 1 });
        expect(recount).toMatchObject({
          sources: { totalStock: 8, unsellableStock: 3, committedStock: 0 },
          sums: { units: { restockedUnits: 3 }, counts: { unsellableStock: 4, totalStock: 4 } },
        });
        expect(recount).not.toHaveProperty("foldIsWrong");
      }
      const found = await queries.findProducts({ available: { max: 5 }, sort: "sku", descending: false }, { limit: 9 });
      expect([found.length, await shop.drift()]).toEqual([1, []]);
      const adjustments = (await queries.list("adjustments", { sku: tea.sku }, { limit: 9 })).map(readable);
      expect(adjustments.map(({ affects, note }) => [affects, note])).toEqual([
        [undefined, undefined],
        ["UNSELLABLE", undefined],
        ["CONDITION", "wet"],
        ["CONDITION", "wet"],
      ]);
    }),
  );

  test(
    "sets what was counted once under a key, and refuses what was counted before the level moved",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), count("a1", "tea", 8, { ifVersion: 1, ...claim("k") }));
      expect(await shop.ask(count("a2", "tea", 8, { ifVersion: 1, ...claim("k") }))).toEqual(["replayed"]);
      const clerks = ["a3", "a4", "a5"].map((name) => shop.ask(count(name, "tea", 7, { ifVersion: 2 })));
      expect((await Promise.all(clerks)).flat().sort()).toEqual(["level_changed", "level_changed", "ok"]);
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["7/0/0/7", []]);
    }),
  );

  test(
    "books a loss of what is promised, promises nothing new, and is filled by the next stock",
    withShop(async (shop, ask) => {
      await ask(create("tea", 5), place("o1", { tea: 4 }), confirm("o1"));
      const loss = { reason: "theft", acceptsShortage: true } as const;
      await ask(adjust("a1", "tea", -3, loss));
      expect(await levelOf(shop)).toMatchObject({ totalStock: 2, availableStock: -2, shortStock: 2 });
      expect(await shop.ask(place("o2", { tea: 1 }), fulfil("f1", "o1"))).toEqual([
        "insufficient_stock",
        "stock_not_there",
      ]);
      await ask(fulfil("f1", "o1", { tea: 2 }), adjust("a2", "tea", 3), fulfil("f2", "o1"));
      expect([await levelOf(shop), await shop.drift()]).toMatchObject([{ availableStock: 1, shortStock: 0 }, []]);
    }),
  );

  test(
    "lists the levels that are short, page by page, until stock has filled them",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const loss = { reason: "theft", acceptsShortage: true } as const;
      await ask(create("cup", 3), create("pot", 3), create("tea", 3), place("o1", { cup: 3, pot: 3, tea: 1 }));
      expect(await queries.shortLevels({ limit: 9 })).toEqual([]);
      await ask(adjust("a1", "cup", -1, loss), adjust("a2", "pot", 2, { ...loss, affects: "CONDITION" }));
      await ask(adjust("a3", "tea", -2, loss));
      const [cup, pot, ...others] = (await queries.shortLevels({ limit: 9 })).map(readable);
      expect([cup?.sku, pot?.sku, others, pot && shortStock(pot)]).toEqual(["cup", "pot", [], 2]);
      const behind = cup && (await queries.shortLevels({ limit: 1, after: cup })).map(readable);
      expect(behind).toEqual([pot]);
      await ask(adjust("a4", "pot", 2), adjust("a5", "cup", 1));
      expect(await queries.shortLevels({ limit: 9 })).toEqual([]);
    }),
  );

  test(
    "finds a level whose unsellable stock was edited, and corrects it",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), adjust("a1", "tea", 3, spoiled));
      await editLevel(tea, { unsellableStock: 1 });
      expect(await shop.drift()).toEqual([
        "tea unsellableStock is 1, adjustments say 3",
        "tea unsellableStock is 1, journal say 3",
      ]);
      const expected = { totalStock: 10, reservedStock: 0, committedStock: 0, unsellableStock: 3 };
      await ask({ ...correct("c1", "tea", 10, 0, 0), expected });
      expect([await levelOf(shop), await shop.drift()]).toMatchObject([{ unsellableStock: 3 }, []]);
    }),
  );

  test(
    "refuses to ship or cancel more than an edited level counts, until it is set right",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 5), place("o1", { tea: 3 }), confirm("o1"));
      await editLevel(tea, { totalStock: 2, committedStock: 2 });
      expect(await shop.ask(fulfil("f1", "o1"), cancelSold("r1", "o1"))).toEqual([
        "stock_not_there",
        "stock_not_there",
      ]);
      await ask(correct("c1", "tea", 5, 0, 3), fulfil("f1", "o1"));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["2/0/0/2", []]);
    }),
  );
}
