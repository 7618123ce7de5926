import { type Command, type Explanation, type LevelName, mainLocation, type Sku } from "@holdfast/domain";
import { explainLevel } from "@holdfast/engine";
import { adjust, cancel, cancelSold, confirm, correct, create, fulfil, giveBack, open, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea: LevelName = { sku: "tea" as Sku, locationId: mainLocation };

/** Everything but the lists, which a part of the journal does not fill. */
function sumsOf({ count, sum }: { readonly count: number; readonly sum: unknown }) {
  return { count, sum };
}

function figuresIn({ level, unexplained, unreadable, ...parts }: Explanation) {
  const sums = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, sumsOf(part)]));
  return { level, ...sums, unexplained, unreadable };
}

/** Thirty orders of tea, each in a commit of its own; every third is sold, every third cancelled. */
async function sell(ask: (...commands: readonly Command[]) => Promise<void>): Promise<void> {
  for (let n = 10; n < 40; n += 1) {
    await ask(place(`o${n}`, { tea: 2 }));
    if (n % 3 === 0) await ask(confirm(`o${n}`));
    if (n % 3 === 1) await ask(cancel(`o${n}`));
  }
}

/** What a level's numbers are made of, from its recount where its journal is long. */
export function describeExplanations(withShop: ShopTest): void {
  test(
    "explains a level whose journal is long by its recount, with the same figures as by all of its journal",
    withShop(async (shop, ask, editLevel) => {
      const { queries, folds } = shop.database;
      await ask(
        create("tea", 100),
        adjust("a1", "tea", 7),
        open("berlin"),
        adjust("a2", "tea", 9, { locationId: "berlin" }),
        create("cup", 3),
      );
      await editLevel(tea, { totalStock: 110 });
      await editLevel({ ...tea, sku: "cup" as Sku }, { totalStock: 5 });
      await ask(correct("c1", "tea", 107, 0, 0), correct("c2", "cup", 3, 0, 0));
      await ask(place("o00", { tea: 3 }), confirm("o00"), fulfil("f00", "o00"));
      await sell(ask);
      for (const n of [12, 15]) await ask(fulfil(`f${n}`, `o${n}`, { tea: 1 }));
      await ask(cancelSold("r1", "o12"), giveBack("r2", "o15"));
      await folds.foldOn(tea);
      const [whole, part] = [await explainLevel(queries, tea), await explainLevel(queries, tea, undefined, 5)];
      expect(figuresIn(whole)).toMatchObject({
        adjustments: { count: 2, sum: 107 },
        held: { count: 10, sum: 20 },
        sold: { count: 11, sum: 23 },
        shipped: { count: 3, sum: 5 },
        cancelled: { count: 1, sum: 1 },
        restocked: { count: 1, sum: 1 },
        corrections: { count: 1, sum: { totalStock: -3 } },
        unexplained: { totalStock: 3, reservedStock: 0, committedStock: 0 },
      });
      expect(figuresIn(part)).toEqual(figuresIn(whole));
      expect(part.corrections).toEqual(whole.corrections);
      for (const name of ["held", "sold"] as const) {
        const { length } = part[name].newest;
        expect(length).toBeGreaterThan(2);
        expect(length).toBeLessThan(whole[name].newest.length);
        expect(part[name].newest).toEqual(whole[name].newest.slice(0, length));
      }
    }),
  );

  test(
    "shows what someone has edited since the last movement, where the journal is long",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 100));
      await sell(ask);
      await editLevel(tea, { totalStock: 104, reservedStock: 21 });
      expect(await explainLevel(shop.database.queries, tea, undefined, 5)).toMatchObject({
        level: { totalStock: 104, reservedStock: 21 },
        unexplained: { totalStock: 4, reservedStock: 1, committedStock: 0 },
      });
    }),
  );
}
