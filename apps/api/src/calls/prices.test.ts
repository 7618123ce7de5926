import { expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

const dearest = { amount: 1_000_000_000_000, currency: "IDR" };

test("sells at the highest price, with an exact total", async () => {
  const api = new TestApi();
  await api.createProduct({ price: dearest, totalStock: 10_000 });
  const order = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 9_007 }] }));
  expect(order["total"]).toEqual({ amount: 9_007_000_000_000_000, currency: "IDR" });
});

test("refuses an order whose total would not be exact, and holds nothing", async () => {
  const api = new TestApi();
  await api.createProduct({ price: dearest, totalStock: 10_000 });
  expect(await answered(422, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 9_008 }] }))).toMatchObject({
    code: "order_total_too_large",
  });
  expect(await api.stock()).toBe("10000/0/0/10000");
});

test.each(["CLF", "MXV", "USN", "VED", "XAU", "XCG", "ZWG", "XXX"])("prices a product in %s", async (currency) => {
  const api = new TestApi();
  await api.createProduct({ price: { amount: 1, currency } });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ price: { amount: 1, currency } });
});
