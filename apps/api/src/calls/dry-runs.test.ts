import { orderSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

const lines = [{ sku: "tea", quantity: 2 }];

async function shop() {
  const api = new TestApi();
  await api.createProduct();
  const tryOut = (body: object, key?: string) =>
    api.post("/v1/orders?dryRun=true", body, key === undefined ? {} : { "idempotency-key": key });
  return { api, tryOut };
}

test("a dry run answers the order that would be placed, and writes nothing", async () => {
  const { api, tryOut } = await shop();
  const before = await api.stored("tea");
  const response = await tryOut({ lines, customerId: "ann" }, "k1");
  expect(response.headers.get("location")).toBeNull();
  const tried = await answered(200, Promise.resolve(response));
  expect(tried).toMatchObject({ status: "PENDING_PAYMENT", lines: [{ quantity: 2 }], total: { amount: 900 } });
  expect(reread(orderSchema, tried)).toEqual(tried);
  expect(await api.stored("tea")).toBe(before);
  expect(await problemOf(await api.get(`/v1/orders/${String(tried["id"])}`))).toBe("404 order_not_found");

  const placed = await answered(201, api.post("/v1/orders", { lines, customerId: "ann" }, { "idempotency-key": "k1" }));
  const { id: _tried, reservation: _would, ...would } = tried;
  expect(placed).toMatchObject(would);
});

test("a dry run is refused as the order would be", async () => {
  const { tryOut } = await shop();
  expect(await problemOf(await tryOut({ lines: [{ sku: "tea", quantity: 11 }] }))).toBe("409 insufficient_stock");
  expect(await problemOf(await tryOut({ lines: [{ sku: "none", quantity: 1 }] }))).toBe("404 product_not_found");
  expect(await problemOf(await tryOut({ lines: [] }))).toBe("400 malformed_request");
});

test("a dry run under a key that has placed an order is answered with that order", async () => {
  const { api, tryOut } = await shop();
  const placed = await answered(201, api.post("/v1/orders", { lines }, { "idempotency-key": "k1" }));
  const again = await tryOut({ lines }, "k1");
  expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  expect(await again.json()).toEqual(placed);
  expect(await problemOf(await tryOut({ lines: [{ sku: "tea", quantity: 1 }] }, "k1"))).toBe(
    "422 idempotency_key_reused",
  );
});

test.each(["?dryRun=yes", "?dryRun=true&dryRun=false", "?dry=true"])(
  "a query must be one, and not %s",
  async (query) => {
    const { api } = await shop();
    expect(await problemOf(await api.post(`/v1/orders${query}`, { lines }))).toBe("400 malformed_request");
  },
);

test("dryRun=false places the order", async () => {
  const { api } = await shop();
  await answered(201, api.post("/v1/orders?dryRun=false", { lines }));
  expect(await api.stock()).toBe("10/2/0/8");
});
