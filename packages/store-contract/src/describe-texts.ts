import { type Actor, byCodePoint, type CustomerId, type OrderId, type Sku } from "@holdfast/domain";
import { readableProduct } from "@holdfast/engine";
import { adjust, cancel, claim, confirm, create, open, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Texts that a caller may send and that some database, driver or language treats specially. */
const texts = ["$gt", '{"$gt":""}', "__proto__", "a.b", "🍵", "e\u0301", "\u202eaet", "null", "' OR 1=1 --", "%00"];

/** Texts that no caller can have stored, asked for where only the store checks them. */
const strangeTexts = [...texts, "", "\u0000", "te\u0000a", "\ud800", "\udfff\ud800", "\ufffd", "x".repeat(400)];

/** SKUs that some database, driver or language treats specially: those that shops have, and names of what every object has. */
const oddSkus = [
  "A/B & c+.d",
  "茶 碗",
  "a@main",
  "50% off?",
  "../a",
  "$inc",
  "constructor",
  "toString",
  "__proto__",
  "a.b",
  "a~1",
  "0",
  "İSTANBUL",
];

/** Stores and finds any text as it is. */
export function describeTexts(withShop: ShopTest): void {
  test.each(texts)("keeps %j as it is, and finds it again", (text) =>
    withShop(async ({ database: { queries }, ...shop }, ask) => {
      await ask(create("tea", 9, { name: text, actor: text as Actor, ...claim(text, text) }));
      await ask(
        place("o1", { tea: 1 }, { customerId: text, ...claim(text, text) }),
        place("o2", { tea: 1 }, { customerId: "ann" }),
        adjust("a1", "tea", 1, { reference: text, ...claim(text, text) }),
      );
      await ask(confirm("o1", text));
      expect((await queries.product("tea" as Sku))?.product).toMatchObject({ name: text });
      const found = await queries.orders({ customerId: text as CustomerId }, { limit: 9 });
      expect(found).toMatchObject([{ id: orderId("o1"), customerId: text, payments: [{ reference: text }] }]);
      const [, adjusted] = await queries.journal("tea" as Sku, { limit: 9 });
      expect(JSON.stringify(adjusted)).toContain(JSON.stringify(text));
      expect(shop.later).toBe(0);
    })(),
  );

  test.each(oddSkus)("sells a SKU called %s", (sku) =>
    withShop(async (shop, ask) => {
      await ask(create(sku, 5), place("o1", [[sku, 2]]), confirm("o1"), adjust("a1", `${sku}@main`, -1));
      expect([await shop.stock(`${sku}@main`), await shop.drift()]).toEqual(["4/0/2/2", []]);
      await ask(open("berlin"));
      await ask(adjust("a2", `${sku}@berlin`, 3), place("o2", [[sku, 1]], { locationId: "berlin" }), cancel("o2"));
      expect([await shop.stock(`${sku}@berlin`), await shop.drift()]).toEqual(["3/0/0/3", []]);
      expect(await shop.database.queries.orders({ sku: sku as Sku }, { limit: 9 })).toHaveLength(2);
      expect(await shop.ask(create(sku.toLowerCase(), 5))).toEqual([
        sku === sku.toLowerCase() ? "product_exists" : "sku_differs_by_case",
      ]);
    })(),
  );

  test(
    "lists SKUs in order of their characters, whatever they are, page by page",
    withShop(async ({ database: { queries } }, ask) => {
      const skus = ["A", "a/b", "a b", "é", "茶", "\uff21", "🍵", "𝒜"];
      await ask(...skus.map((sku) => create(sku, 1)));
      const listed: Sku[] = [];
      for (let after: Sku | undefined = "" as Sku; after !== undefined; ) {
        const found = await queries.products({ limit: 2, after });
        listed.push(...found.map((each) => readableProduct(each).product.sku));
        after = found.length < 2 ? undefined : listed.at(-1);
      }
      expect(listed).toEqual(["A", "a b", "a/b", "é", "茶", "\uff21", "🍵", "𝒜"].toSorted(byCodePoint));
      expect(listed.indexOf("🍵" as Sku)).toBeGreaterThan(listed.indexOf("\uff21" as Sku));
    }),
  );

  test.each(strangeTexts)("finds nothing by %j, and goes on behind it where it would stand", (text) =>
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("cup", 5), create("tea", 5), place("o1", { tea: 1 }), place("o2", { tea: 1 }));
      const limit = 9;
      expect(await queries.product(text as Sku)).toBeUndefined();
      expect(await queries.order(text as OrderId)).toBeUndefined();
      expect(await queries.orders({ customerId: text as CustomerId }, { limit })).toEqual([]);
      expect(await queries.orders({ sku: text as Sku }, { limit })).toEqual([]);
      expect(await queries.journal(text as Sku, { limit })).toEqual([]);
      const products = await queries.products({ limit, after: text as Sku });
      expect(products.map((found) => readableProduct(found).product.sku)).toEqual(
        ["cup", "tea"].filter((sku) => sku > text),
      );
      const orders = await queries.orders({}, { limit, after: text as OrderId });
      expect(orders.map(({ id }) => id)).toEqual([orderId("o2"), orderId("o1")].filter((id) => id < text));
      const [newest] = await queries.journal("tea" as Sku, { limit });
      if (newest === undefined) throw new Error("the journal is empty");
      const entries = await queries.journal("tea" as Sku, { limit, after: { at: newest.at, id: text } });
      expect(entries.every(({ at, id }) => at < newest.at || id < text)).toBe(true);
    })(),
  );
}
