import type { Sku } from "@holdfast/domain";
import { type ProductSearch, productPlaceOf, productSorts, readable } from "@holdfast/engine";
import {
  adjust,
  change,
  changeLevel,
  changePlace,
  confirm,
  create,
  open,
  place,
  placeAnywhere,
  type Shop,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const bySku = { sort: "sku", descending: false } as const;

async function found({ database: { queries } }: Shop, search: Partial<ProductSearch>, limit = 2): Promise<Sku[]> {
  const whole: ProductSearch = { ...bySku, ...search };
  const skus: Sku[] = [];
  let after: ReturnType<typeof productPlaceOf> | undefined;
  for (;;) {
    const page = await queries.findProducts(whole, { limit, ...(after && { after }) });
    for (const each of page) after = productPlaceOf(each, whole.sort);
    skus.push(...page.map((each) => productPlaceOf(each, "sku").sku));
    if (page.length < limit) return skus;
  }
}

/** Searches for products, in any order, page by page. */
export function describeProductSearch(withShop: ShopTest): void {
  test(
    "finds products by what they begin with, by SKU, by what is there, and whether they are sold",
    withShop(async (shop, ask) => {
      await ask(
        create("Tea/1", 5, { name: "Green" }),
        create("cup", 0, { name: "TEACUP" }),
        create("茶", 9, { name: "ÉTÉ" }),
      );
      await ask(
        create("pot", 1, { name: "a%_b" }),
        open("berlin"),
        adjust("a1", "cup@berlin", 3),
        place("o1", { pot: 1 }),
      );
      await ask(change("茶", { archived: true }), change("pot", { name: "Pot" }));
      expect(await found(shop, { startsWith: "tEa" })).toEqual(["Tea/1", "cup"]);
      expect(await found(shop, { startsWith: "tea/" })).toEqual(["Tea/1"]);
      expect(await found(shop, { startsWith: "été" })).toEqual(["茶"]);
      expect(await found(shop, { startsWith: "pot" })).toEqual(["pot"]);
      expect(await found(shop, { startsWith: "a%" })).toEqual([]);
      expect(await found(shop, { startsWith: "%" })).toEqual([]);
      expect(await found(shop, { skus: ["cup", "none", "茶"] as Sku[] })).toEqual(["cup", "茶"]);
      expect(await found(shop, { skus: [] })).toEqual([]);
      expect(await found(shop, { archived: true })).toEqual(["茶"]);
      expect(await found(shop, { archived: false })).toEqual(["Tea/1", "cup", "pot"]);
      expect(await found(shop, { available: { min: 1 } })).toEqual(["Tea/1", "cup", "茶"]);
      expect(await found(shop, { available: { max: 0 } })).toEqual(["pot"]);
      expect(await found(shop, { available: { min: 1, max: 5 }, startsWith: "tea" })).toEqual(["Tea/1", "cup"]);
      expect(await found(shop, { available: { min: 6 }, archived: false })).toEqual([]);
      const [tea] = await shop.database.queries.findProducts({ ...bySku, available: { min: 4, max: 5 } }, { limit: 9 });
      expect(tea).toEqual(await shop.database.queries.product("Tea/1" as Sku));
    }),
  );

  test(
    "counts what can be promised at active places alone, as they close and open",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const counted = async () => ({
        "1 or more": await found(shop, { available: { min: 1 } }),
        "4 or more": await found(shop, { available: { min: 4 } }),
        sellable: await found(shop, { orderable: { min: 1 } }),
        out: await found(shop, { orderable: { max: 0 } }),
        closed: (await queries.products({ limit: 9 })).map((each) => ("inactive" in each ? each.inactive : [])),
      });
      const berlin = { locationId: "berlin" };
      await ask(open("berlin"), create("both", 2), create("here", 3), create("owing", 0), create("there", 0));
      await ask(adjust("a1", "both@berlin", 2), adjust("a2", "there@berlin", 5), adjust("a3", "owing@berlin", 1));
      await ask(change("owing", { policies: { backorderLimit: 3 } }), place("o1", { owing: 4 }, berlin), confirm("o1"));
      const open4 = {
        "1 or more": ["both", "here", "there"],
        "4 or more": ["both", "there"],
        sellable: ["both", "here", "owing", "there"],
        out: [],
        closed: [[], [], [], []],
      };
      expect(await counted()).toEqual(open4);
      await ask(changePlace("berlin", { active: false }));
      expect(await counted()).toEqual({
        "1 or more": ["both", "here"],
        "4 or more": [],
        sellable: ["both", "here", "owing"],
        out: ["there"],
        closed: [["berlin"], [], ["berlin"], ["berlin"]],
      });
      expect(await queries.product("there" as Sku)).toMatchObject({ inactive: ["berlin"] });
      expect(await shop.ask(placeAnywhere("o2", { there: 1 }))).toEqual(["insufficient_stock"]);
      await ask(placeAnywhere("o3", { owing: 3 }), changePlace("main", { active: false }));
      expect(await found(shop, { orderable: { min: 1 } })).toEqual([]);
      await ask(changePlace("main", { active: true }), changePlace("berlin", { active: true }));
      expect(await counted()).toEqual({ ...open4, sellable: ["both", "here", "there"], out: ["owing"] });
    }),
  );

  test(
    "takes nothing from a place that has units for one that owes some",
    withShop(async (shop, ask) => {
      await ask(open("berlin"), create("tea", 2), adjust("a1", "tea@berlin", 3));
      await ask(place("o1", { tea: 2 }), confirm("o1"));
      await ask(adjust("a2", "tea", -2, { reason: "theft", acceptsShortage: true }));
      expect(await found(shop, { available: { min: 3, max: 3 }, orderable: { min: 3 } })).toEqual(["tea"]);
      await ask(placeAnywhere("o2", { tea: 3 }));
      expect(await found(shop, { available: { max: 0 }, orderable: { max: 0 } })).toEqual(["tea"]);
    }),
  );

  test(
    "lists low levels of places that are closed only where they are asked for",
    withShop(async (shop, ask) => {
      const low = async (filter = {}) =>
        (await shop.database.queries.lowLevels(filter, { limit: 9 })).map((each) => readable(each).locationId);
      await ask(open("berlin"), create("tea", 1), adjust("a1", "tea@berlin", 1));
      await ask(changeLevel("tea", { lowStockThreshold: 1 }), changeLevel("tea@berlin", { lowStockThreshold: 1 }));
      expect(await low()).toEqual(["berlin", "main"]);
      await ask(changePlace("berlin", { active: false }));
      expect([await low(), await low({ locationId: "berlin" })]).toEqual([["main"], ["berlin"]]);
      await ask(changePlace("berlin", { active: true }));
      expect(await low()).toEqual(["berlin", "main"]);
    }),
  );

  test(
    "lists products by SKU, name and age, in both directions, those of one name too",
    withShop(async (shop, ask) => {
      for (const [index, [sku, name]] of [
        ["b", "Zed"],
        ["A", "zed"],
        ["🍵", "a"],
        ["\uff21", "B"],
        ["c", "ZED"],
      ].entries()) {
        shop.later = index * 1_000;
        await ask(create(String(sku), 1, { name: String(name) }));
      }
      const lists = { sku: "A b c \uff21 🍵", name: "🍵 \uff21 A b c", createdAt: "b A 🍵 \uff21 c" };
      for (const sort of productSorts) {
        const expected = lists[sort].split(" ");
        expect(await found(shop, { sort })).toEqual(expected);
        expect(await found(shop, { sort, descending: true })).toEqual(expected.toReversed());
        expect(await found(shop, { sort, startsWith: "z" })).toEqual(expected.filter((sku) => "bAc".includes(sku)));
      }
    }),
  );
}
