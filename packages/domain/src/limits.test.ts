import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { create, place, TestShop } from "./test-shop.ts";

const { amountMax, cartLinesMax, lineQuantityMax, totalStockMax } = limits;

test("a cart at every limit is still counted exactly", () => {
  const price = { amount: amountMax, currency: "EUR" };
  const skus = Array.from({ length: cartLinesMax }, (_, n) => `sku-${n}`);
  const shop = new TestShop();
  shop.ask(...skus.map((sku) => create(sku, totalStockMax, { price })));
  expect(shop.ask(place("o1", Object.fromEntries(skus.map((sku) => [sku, lineQuantityMax]))))).toEqual(["ok"]);
  const { amount } = shop.order("o1").total;
  expect([amount, Number.isSafeInteger(amount)]).toEqual([1_000_000_000_000_000, true]);
});

test("a cart at every limit on one SKU is still counted exactly", () => {
  const shop = new TestShop();
  shop.ask(create("tea", totalStockMax, { price: { amount: amountMax, currency: "EUR" } }));
  const cart = Array.from({ length: cartLinesMax }, () => ["tea", lineQuantityMax] as const);
  expect(shop.ask(place("o1", cart))).toEqual(["ok"]);
  expect(shop.order("o1").total.amount).toBe(amountMax * cartLinesMax * lineQuantityMax);
  expect(shop.stock("tea")).toBe("1000000000/1000000/0/999000000");
});

test("the stock of a SKU over thousands of full levels is still an exact integer", () => {
  expect(Number.isSafeInteger(totalStockMax * 9_000)).toBe(true);
});
