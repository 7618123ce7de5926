import { expect, test } from "vitest";
import { type LocationId, mainLocation, type Sku } from "../ids.ts";
import { emptyLevel } from "../stock-level.ts";
import { adjust, claim, create } from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

test("books a product's first stock at main", () => {
  const shop = live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, create("cup", 0), "ok", "cup 0/0/0/0", "-"],
    [0, create("tea", 5), "product_exists", "tea 10/0/0/10", "-"],
    [0, create("tea", 0), "product_exists", "tea 10/0/0/10", "-"],
    [9, adjust("a1", "cup", 3), "ok", "cup 3/0/0/3", "-"],
  );
  expect([...shop.snapshot.levels.values()].map(({ sku, version }) => `${sku} v${version}`)).toEqual([
    "tea v1",
    "cup v1",
  ]);
  expect([...shop.snapshot.adjustments.values()].map(({ sku, reason }) => `${sku} ${reason}`)).toEqual([
    "tea initial",
    "cup restock",
  ]);
});

test("refuses a SKU that differs from another one by case alone, with that one", () => {
  const shop = new RulesShop();
  const words = shop.ask(create("Tea", 1), create("tea", 1), create("Tea", 1), create("tee", 1), create("TEE", 1));
  expect(words).toEqual(["ok", "sku_differs_by_case", "product_exists", "ok", "sku_differs_by_case"]);
  expect(shop.outcome(create("TEA", 1))).toEqual({
    kind: "refused",
    failure: { code: "sku_differs_by_case", sku: "Tea" },
  });
  expect([...shop.snapshot.products.keys()]).toEqual(["Tea", "tee"]);
});

test("makes one product of one key, and refuses the key with another body", () => {
  live(
    [0, create("tea", 10, claim("k")), "ok", "tea 10/0/0/10", "-"],
    [0, create("tea", 10, claim("k")), "replayed", "tea 10/0/0/10", "-"],
    [0, create("tea", 10, claim("k", "other body")), "idempotency_key_reused", "tea 10/0/0/10", "-"],
    [0, create("cup", 10, claim("k", "other body")), "idempotency_key_reused", "cup none", "-"],
    [0, create("tea", 10, claim("other key")), "product_exists", "tea 10/0/0/10", "-"],
    [0, create("tea", 10), "product_exists", "tea 10/0/0/10", "-"],
  );
});

test("answers a replay with the product as it was created", () => {
  const shop = new RulesShop();
  const first = shop.outcome(create("tea", 10, claim("k")));
  shop.ask(adjust("a1", "tea", 5));
  expect(shop.outcome(create("tea", 10, claim("k")))).toEqual({ ...first, replayed: true });
});

test("goes on from a level that is already there", () => {
  const shop = new RulesShop();
  const found = { ...emptyLevel("tea" as Sku, mainLocation), version: 4 };
  const elsewhere = emptyLevel("tea" as Sku, "berlin" as LocationId);
  shop.snapshot = {
    ...shop.snapshot,
    levels: new Map([
      ["tea@main", found],
      ["tea@berlin", elsewhere],
    ]),
  };
  const batch = shop.batch(create("tea", 3));
  expect(batch.writes.levels).toEqual([{ before: found, after: { ...found, version: 5, totalStock: 3 } }]);
  expect(batch.writes.adjustments.map(({ after }) => after.after)).toEqual([{ ...found, version: 5, totalStock: 3 }]);
});
