import type { Sku } from "@holdfast/domain";
import { type ProductSearch, productPlaceOf, productSorts } from "@holdfast/engine";
import { adjust, change, create, open, place, type Shop } from "@holdfast/testing";
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
