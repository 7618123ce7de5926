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
    archived: false,
    reservedStock: 0,
    committedStock: 0,
    safetyStock: 0,
    unsellableStock: 0,
    incomingStock: 0,
    shortStock: 0,
    availableStock: 10,
    levels: [
      {
        locationId: "main",
        version: 1,
        totalStock: 10,
        reservedStock: 0,
        committedStock: 0,
        safetyStock: 0,
        unsellableStock: 0,
        incomingStock: 0,
        shortStock: 0,
        availableStock: 10,
        active: true,
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
  await api.openLocation("berlin");
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

async function change(api: TestApi, body: object, ifMatch?: string | null) {
  const headers = { "content-type": "application/json", ...(typeof ifMatch === "string" && { "if-match": ifMatch }) };
  return await api.send("PATCH", "/v1/products/tea", JSON.stringify(body), headers);
}

test("changes name and price, and keeps those of orders that were placed before", async () => {
  const api = new TestApi();
  await api.createProduct();
  const order = await api.placeOrder(2);
  const changed = await change(api, { name: " Finer tea ", price: { amount: 500, currency: "EUR" } });
  const body: unknown = await changed.clone().json();
  expect(body).toMatchObject({ name: "Finer tea", price: { amount: 500 }, totalStock: 10, reservedStock: 2 });
  expect(reread(productSchema, body)).toEqual(body);
  const read = await api.get("/v1/products/tea");
  expect(read.headers.get("etag")).toBe(changed.headers.get("etag"));
  expect(await read.json()).toEqual(body);
  expect(await answered(200, api.get(`/v1/orders/${order}`))).toMatchObject({
    lines: [{ name: "Green tea", unitPrice: { amount: 450 } }],
  });
  const later = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }));
  expect(later).toMatchObject({ lines: [{ name: "Finer tea", unitPrice: { amount: 500 } }] });
  const { data } = await answered(200, api.get("/v1/events"));
  expect(data).toContainEqual(
    expect.objectContaining({ type: "ProductChanged", sku: "tea", version: 2, name: "Finer tea", archived: false }),
  );
});

test("refuses a change of what another one has changed since, and takes a repeat", async () => {
  const api = new TestApi();
  await api.createProduct();
  const tag = (await api.get("/v1/products/tea")).headers.get("etag");
  // Stock that moves is no change of the product.
  await api.placeOrder();
  expect((await change(api, { name: "Tea" }, tag)).status).toBe(200);
  expect(await problemOf(await change(api, { name: "My tea" }, tag))).toBe("412 product_changed");
  expect((await change(api, { name: "Tea" }, tag)).status).toBe(200);
  for (const other of ["none", '"7"', 'W/"0.0.1-2-main.1"']) {
    expect(await problemOf(await change(api, { archived: true }, other))).toBe("412 product_changed");
  }
  expect((await change(api, { archived: true }, "*")).status).toBe(200);
});

test("sells nothing of an archived product, goes on with what was ordered, and sells it again when it is back", async () => {
  const api = new TestApi();
  await api.createProduct();
  const [order, other] = [await api.placeOrder(2), await api.placeOrder(3)];
  const archived: unknown = await (await change(api, { archived: true })).json();
  expect(archived).toMatchObject({ archived: true, archivedAt: "2026-01-01T00:00:00.000Z", availableStock: 5 });
  expect(reread(productSchema, archived)).toEqual(archived);
  const refused = await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] });
  expect(await refused.clone().json()).toMatchObject({ errors: [{ sku: "tea" }] });
  expect(await problemOf(refused)).toBe("409 product_archived");
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  await answered(200, api.post(`/v1/orders/${other}/cancel`));
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 1, reason: "restock" }));
  expect(await (await change(api, { archived: false })).json()).not.toHaveProperty("archivedAt");
  await api.placeOrder(9);
  expect(await api.stock()).toBe("11/9/2/0");
});

test("answers a repeated creation with the product as it was created, whatever it has become", async () => {
  const api = new TestApi();
  const create = () => api.post("/v1/products", tea, { "idempotency-key": "k" });
  const created = await answered(201, create());
  await change(api, { name: "Tea", archived: true });
  await change(api, { name: "Finer tea" });
  expect(await answered(201, create())).toEqual(created);
});

test.each([{}, { name: "" }, { sku: "cup" }, { price: { amount: 1 } }, { archived: "yes" }, { archived: null }])(
  "refuses to change %j",
  async (body) => {
    const api = new TestApi();
    await api.createProduct();
    expect(await problemOf(await change(api, body))).toBe("400 malformed_request");
  },
);

test("changes no product that is not there", async () => {
  expect(await problemOf(await change(new TestApi(), { name: "Tea" }))).toBe("404 product_not_found");
});
