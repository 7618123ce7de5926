import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { create, place } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const { amountMax, cartLinesMax, lineQuantityMax, totalAmountMax, totalStockMax } = limits;

const price = { amount: amountMax, currency: "IDR" };

test("a cart that costs the most that can be counted exactly is sold, and one unit more is refused", () => {
  const shop = new RulesShop();
  shop.ask(
    create("car", totalStockMax, { price }),
    create("rest", 9, { price: { ...price, amount: 199_254_740_991 } }),
  );
  expect(shop.ask(place("o1", { car: 9_007, rest: 1 }), place("o2", { car: 9_007, rest: 2 }))).toEqual([
    "ok",
    "order_total_too_large",
  ]);
  expect(shop.order("o1").total.amount).toBe(totalAmountMax);
  expect(shop.stock("car")).toBe("1000000000/9007/0/999990993");
});

test("a cart at every limit, on one SKU or on a hundred, is refused and holds nothing", () => {
  const skus = Array.from({ length: cartLinesMax }, (_, n) => `sku-${n}`);
  const shop = new RulesShop();
  shop.ask(...skus.map((sku) => create(sku, totalStockMax, { price })));
  const spread = place("o1", Object.fromEntries(skus.map((sku) => [sku, lineQuantityMax])));
  const one = place(
    "o2",
    Array.from({ length: cartLinesMax }, () => ["sku-1", lineQuantityMax] as const),
  );
  expect(shop.ask(spread, one)).toEqual(["order_total_too_large", "order_total_too_large"]);
  expect(shop.stock("sku-1")).toBe("1000000000/0/0/1000000000");
});

test("the stock of a SKU over thousands of full levels is still an exact integer", () => {
  expect(Number.isSafeInteger(totalStockMax * 9_000)).toBe(true);
});
