import { describe, expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

/** A shop with 7 products, and 7 orders of `tea` that make 15 movements of it in 11 commits. */
async function shop(): Promise<TestApi> {
  const api = new TestApi();
  await Promise.all(["a", "b", "c", "d", "tea", "x", "y"].map((sku) => api.createProduct({ sku })));
  const orders = await Promise.all([1, 2, 3, 4].map((n) => api.placeOrder(1, { customerId: `c${n % 2}` })));
  for (let n = 0; n < 3; n += 1) orders.push(await api.placeOrder(1, { customerId: "c1" }));
  await Promise.all(orders.map((id) => api.post(`/v1/orders/${id}/confirm`)));
  return api;
}

/** One shop for all tests that only read. */
const unchanged = shop();

/** Reads a list to its end. @returns its items, and the length of each page */
async function readAll(api: TestApi, list: string, limit: number) {
  const items: unknown[] = [];
  const pages: number[] = [];
  for (let cursor = ""; ; ) {
    const { data, nextCursor } = await answered(200, api.get(`${list}limit=${limit}${cursor}`));
    items.push(...(data as unknown[]));
    pages.push((data as unknown[]).length);
    if (nextCursor === null) return { items, pages };
    cursor = `&cursor=${nextCursor}`;
  }
}

describe.each([
  ["/v1/products?", 7],
  ["/v1/orders?", 7],
  ["/v1/orders?customerId=c1&sku=tea&status=CONFIRMED&", 5],
  ["/v1/reservations?", 7],
  ["/v1/reservations?customerId=c0&", 2],
  ["/v1/stock-movements?sku=tea&", 15],
])("GET %s", (list, count) => {
  test.each([1, 2, 3, 7, 200])("by pages of %i, comes whole and each item once", async (limit) => {
    const api = await unchanged;
    const whole = await answered(200, api.get(list.slice(0, -1)));
    const { items, pages } = await readAll(api, list, limit);
    expect([whole["nextCursor"], items]).toEqual([null, whole["data"]]);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(count);
    expect(pages).toHaveLength(Math.ceil(count / limit));
  });

  test("goes on where it was, whatever has come since", async () => {
    const api = await shop();
    const { data, nextCursor } = await answered(200, api.get(`${list}limit=1`));
    const before = await readAll(api, list, 200);
    await api.createProduct({ sku: "0-comes-first" });
    if (!list.startsWith("/v1/products")) await api.placeOrder(1, { customerId: "c1" });
    const { data: rest } = await answered(200, api.get(`${list}limit=200&cursor=${nextCursor}`));
    expect([...(data as unknown[]), ...(rest as unknown[])]).toEqual(before.items);
  });
});

test("gives 50 items unless a limit is given", async () => {
  const api = new TestApi();
  await Promise.all(Array.from({ length: 51 }, (_, n) => api.createProduct({ sku: `sku-${n}` })));
  const { data, nextCursor } = await answered(200, api.get("/v1/products"));
  expect([(data as unknown[]).length, typeof nextCursor]).toEqual([50, "string"]);
});
