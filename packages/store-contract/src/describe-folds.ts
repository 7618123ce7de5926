import { decideBatch, type LevelName, mainLocation, type Recount, type Sku, type Trust } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import { adjust, cancel, confirm, correct, create, expire, idOf, open, place, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea: LevelName = { sku: "tea" as Sku, locationId: mainLocation };

async function recount(shop: Shop, trust: Trust): Promise<Recount> {
  const page = await shop.database.queries.recounts({ sku: tea.sku, trust }, { limit: 9 });
  const found = page.map(readable).find(({ level }) => level.locationId === tea.locationId);
  if (found === undefined) throw new Error("there is no tea");
  return found;
}

/** What tea adds up to by its fold, as `total/reserved/committed`, and whether a recount without it says the same. */
async function sums(shop: Shop): Promise<string> {
  const [byFold, whole] = [await recount(shop, "always"), await recount(shop, "never")];
  const { totalStock, reservedStock, committedStock } = byFold.sources;
  expect(byFold.level.fold).toBeDefined();
  expect([whole.sources, whole.foldIsWrong]).toEqual([byFold.sources, undefined]);
  return `${totalStock}/${reservedStock}/${committedStock}`;
}

/** What a level's old orders add up to, kept with it: how it is moved on, followed, and found to be wrong. */
export function describeFolds(withShop: ShopTest): void {
  test(
    "folds what is closed, up to the first open order, and goes on when that is closed",
    withShop(async (shop, ask) => {
      const { folds } = shop.database;
      expect(await folds.foldOn(tea)).toBe(false);
      await ask(
        create("tea", 20),
        create("cup", 5),
        adjust("a1", "tea", 5),
        open("berlin"),
        adjust("a2", "tea", 3, { locationId: "berlin" }),
      );
      await ask(place("o1", { tea: 2, cup: 1 }), place("o2", { tea: 3 }), place("o3", { cup: 1, tea: 4 }));
      await ask(place("o4", { tea: 1 }, { locationId: "berlin" }), confirm("o1"), cancel("o3"));
      expect([await folds.foldOn(tea), await folds.foldOn(tea)]).toEqual([true, false]);
      const { fold } = (await recount(shop, "always")).level;
      expect(fold).toMatchObject({
        units: { totalStock: 25, reservedStock: 0, committedStock: 2 },
        counts: { totalStock: 2, reservedStock: 0, committedStock: 1 },
        through: { orders: `ord_${idOf("o1")}` },
      });
      expect(await sums(shop)).toBe("25/3/2");
      await ask(confirm("o2"));
      expect([await folds.foldOn(tea), await folds.foldOn(tea)]).toEqual([true, false]);
      expect((await recount(shop, "always")).level.fold).toMatchObject({
        units: { committedStock: 5 },
        through: { orders: `ord_${idOf("o3")}` },
      });
      expect([await sums(shop), await shop.drift()]).toEqual(["25/0/5", []]);
    }),
  );

  test(
    "a fold follows what happens to the orders in it, and those that come late",
    withShop(async (shop, ask) => {
      await ask(create("tea", 20), place("o5", { tea: 2 }), place("o6", { tea: 1 }));
      shop.later = 60_000;
      await ask(expire("o5"), expire("o6"));
      expect(await shop.database.folds.foldOn(tea)).toBe(true);
      await ask(confirm("o6", "p1"), place("o4", { tea: 3 }), adjust("0", "tea", 7), place("o7", { tea: 1 }));
      expect(await sums(shop)).toBe("27/4/1");
      await ask(confirm("o4"), confirm("o7"), confirm("o5", "p1"));
      expect(await sums(shop)).toBe("27/0/7");
      expect(await shop.database.folds.foldOn(tea)).toBe(true);
      expect([await sums(shop), await shop.drift()]).toEqual(["27/0/7", []]);
    }),
  );

  test(
    "a batch that was decided before a fold moved on is decided again",
    withShop(async (shop, ask) => {
      await ask(create("tea", 20), place("o1", { tea: 2 }));
      shop.later = 60_000;
      await ask(expire("o1"));
      const folding: Promise<boolean>[] = [];
      const commit = await shop.database.store.transact({
        id: idOf("late"),
        commands: [confirm("o1", "p1")],
        decide: (snapshot, commands, now) => {
          if (folding.length === 0) folding.push(shop.database.folds.foldOn(tea));
          return decideBatch(snapshot, commands, now);
        },
        timeoutMs: 20_000,
      });
      expect(commit).toMatchObject({ kind: "committed", batch: { outcomes: [{ kind: "accepted" }] } });
      await Promise.all(folding);
      await shop.database.folds.foldOn(tea);
      expect(await sums(shop)).toBe("20/0/2");
    }),
  );

  test(
    "many sell from a level while its fold moves on",
    withShop(async (shop, ask) => {
      await ask(create("tea", 40));
      const selling = Array.from({ length: 20 }, async (_, n) => {
        await ask(place(`o${n}`, { tea: 1 }));
        await ask(n % 2 === 0 ? confirm(`o${n}`) : cancel(`o${n}`));
      });
      const folding = Array.from({ length: 10 }, () => shop.database.folds.foldOn(tea));
      await Promise.all([...selling, ...folding]);
      await shop.database.folds.foldOn(tea);
      expect([await sums(shop), await shop.drift()]).toEqual(["40/0/10", []]);
    }),
  );

  test(
    "shows a fold to recounts alone",
    withShop(async (shop, ask) => {
      await ask(create("tea", 20), place("o1", { tea: 2 }), confirm("o1"));
      await shop.database.folds.foldOn(tea);
      const outcomes = await shop.outcomes(adjust("a1", "tea", 5), place("o2", { tea: 1 }));
      const { queries } = shop.database;
      const shown = [
        outcomes,
        await queries.product(tea.sku),
        await queries.journal(tea.sku, { limit: 9 }),
        await shop.feed(),
      ];
      expect(JSON.stringify(shown)).not.toMatch(/fold/);
      expect((await recount(shop, "always")).level.fold).toBeDefined();
    }),
  );

  test(
    "finds a fold that is wrong before it reports what it leads to, and forgets it",
    withShop(async (shop, ask, editLevel) => {
      const { folds } = shop.database;
      await ask(create("tea", 20), place("o1", { tea: 2 }), confirm("o1"), place("o2", { tea: 1 }));
      await folds.foldOn(tea);
      const { fold } = (await recount(shop, "always")).level;
      if (fold === undefined) throw new Error("nothing was folded");
      await editLevel(tea, { fold: { ...fold, units: { ...fold.units, committedStock: 9 } } });
      expect(await recount(shop, "always")).toMatchObject({ sources: { committedStock: 9 } });
      for (const trust of ["unless drift", "never"] as const) {
        expect(await recount(shop, trust)).toMatchObject({ sources: { committedStock: 2 }, foldIsWrong: true });
      }
      expect(await shop.ask(correct("c1", "tea", 20, 1, 2))).toEqual(["nothing_to_correct"]);
      const { level } = await recount(shop, "never");
      await folds.forget({ ...level, folds: (level.folds ?? 0) - 1 });
      expect((await recount(shop, "always")).level.fold).toBeDefined();
      await folds.forget(level);
      expect((await recount(shop, "always")).level.fold).toBeUndefined();
      expect(await recount(shop, "always")).toMatchObject({ sources: { reservedStock: 1, committedStock: 2 } });
      await ask(confirm("o2"));
      expect([await folds.foldOn(tea), await sums(shop)]).toEqual([true, "20/0/3"]);
    }),
  );

  test(
    "sells from a level whose fold is none, and adds it up from the beginning",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 20), place("o1", { tea: 2 }), confirm("o1"));
      await shop.database.folds.foldOn(tea);
      await editLevel(tea, { fold: { through: "everything" } as never });
      await ask(place("o2", { tea: 3 }), confirm("o2"));
      expect(await recount(shop, "always")).toMatchObject({ sources: { totalStock: 20, committedStock: 5 } });
      expect([await shop.database.folds.foldOn(tea), await sums(shop)]).toEqual([true, "20/0/5"]);
    }),
  );
}
