import { productSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi, tea } from "../test-api.ts";

test("creates a product with its first stock, and says where it is", async () => {
  const api = new TestApi();
  const response = await api.post("/v1/products", tea);
  expect([response.status, response.headers.get("location")]).toEqual([201, "/v1/products/tea"]);
  const body: unknown = await response.json();
  expect(body).toEqual({
    ...tea,
    createdAt: "2026-01-01T00:00:00.000Z",
    reservedStock: 0,
    committedStock: 0,
    safetyStock: 0,
    availableStock: 10,
    levels: [
      {
        locationId: "main",
        version: 1,
        totalStock: 10,
        reservedStock: 0,
        committedStock: 0,
        safetyStock: 0,
        availableStock: 10,
      },
    ],
  });
  expect(reread(productSchema, body)).toEqual(body);
  expect(await answered(200, api.get("/v1/products/tea"))).toEqual(body);
});

test("creates a product without stock", async () => {
  const api = new TestApi();
  const { totalStock: _totalStock, ...bare } = tea;
  const created = await answered(201, api.post("/v1/products", bare));
  expect(created).toMatchObject({ totalStock: 0, levels: [{ locationId: "main", version: 0, availableStock: 0 }] });
  expect(await answered(200, api.get("/v1/products/tea"))).toEqual(created);
});

test("takes white space off a name", async () => {
  const api = new TestApi();
  expect(await answered(201, api.post("/v1/products", { ...tea, name: "  Green tea " }))).toMatchObject({
    name: "Green tea",
  });
});

test("refuses a SKU that is taken", async () => {
  const api = new TestApi();
  await api.createProduct();
  expect(await problemOf(await api.post("/v1/products", { ...tea, totalStock: 99 }))).toBe("409 product_exists");
  expect(await api.stock()).toBe("10/0/0/10");
});

test("sums the stock of all locations", async () => {
  const api = new TestApi();
  await api.createProduct();
  await answered(
    201,
    api.post("/v1/stock-adjustments", { sku: "tea", locationId: "berlin", delta: 5, reason: "restock" }),
  );
  await api.placeOrder(2);
  await api.placeOrder(3, { locationId: "berlin" });
  const body = await answered(200, api.get("/v1/products/tea"));
  expect(body).toMatchObject({
    totalStock: 15,
    reservedStock: 5,
    availableStock: 10,
    levels: [
      { locationId: "berlin", totalStock: 5, reservedStock: 3, availableStock: 2 },
      { locationId: "main", totalStock: 10, reservedStock: 2, availableStock: 8 },
    ],
  });
  expect(reread(productSchema, body)).toEqual(body);
});
