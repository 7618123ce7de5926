import { stockCountsSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi, tea } from "../test-api.ts";

const counts = "/v1/stock-counts";

/** The test shop's tea, 10 of it, with an order of 2. */
async function openShop(): Promise<TestApi> {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  return api;
}

test("sets what was counted, and tells the difference", async () => {
  const api = await openShop();
  const body = { sku: "tea", counted: 9, version: 2, note: "one was broken", reference: "inventory-7" };
  const count = await answered(201, api.post(counts, body));
  expect(count).toMatchObject({
    delta: -1,
    counted: 9,
    reason: "count",
    note: "one was broken",
    level: { version: 3 },
  });
  expect(await api.stock()).toBe("9/2/0/7");
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea&limit=1"));
  expect(data).toMatchObject([{ reason: "count", note: "one was broken", reference: "inventory-7" }]);
});

test.each([
  [{ version: 1 }, "412 level_changed"],
  [{ counted: 1 }, "409 stock_promised"],
  [{ sku: "pot" }, "404 product_not_found"],
  [{ counted: -1 }, "400 malformed_request"],
])("refuses a count with %j: %s", async (change, outcome) => {
  const api = await openShop();
  expect(await problemOf(await api.post(counts, { sku: "tea", counted: 9, ...change }))).toBe(outcome);
  expect(await api.stock()).toBe("10/2/0/8");
});

test("is right where an ERP ships and counts: of 10, sell 3, ship 3, count 7, and 7 can be sold", async () => {
  const api = new TestApi({ settings: { fulfilOn: "confirm" } });
  await api.createProduct();
  const order = await api.placeOrder(3);
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  expect(await answered(201, api.post(counts, { sku: "tea", counted: 7 }))).toMatchObject({ delta: 0 });
  expect(await api.stock()).toBe("7/0/0/7");
});

test("answers each of many counts by itself, and a retry under the same key with the same", async () => {
  const api = await openShop();
  await answered(201, api.post("/v1/products", { ...tea, sku: "cup" }));
  const body = {
    counts: [
      { sku: "tea", counted: 8 },
      { sku: "pot", counted: 1 },
      { sku: "cup", counted: 3, version: 9 },
      { sku: "cup", counted: 4, version: 1 },
    ],
  };
  const first = await answered(201, api.post(`${counts}/batch`, body, { "idempotency-key": "night" }));
  expect(reread(stockCountsSchema, first)).toEqual(first);
  const said = (answer: Record<string, unknown>) =>
    (
      answer["data"] as { status: number; replayed: boolean; problem?: { code: string }; count?: { delta: number } }[]
    ).map(({ status, replayed, problem, count }) => [status, replayed, problem?.code ?? count?.delta]);
  expect(said(first)).toEqual([
    [201, false, -2],
    [404, false, "product_not_found"],
    [412, false, "level_changed"],
    [201, false, -6],
  ]);
  const again = await answered(201, api.post(`${counts}/batch`, body, { "idempotency-key": "night" }));
  expect(said(again)).toEqual([
    [201, true, -2],
    [404, false, "product_not_found"],
    [412, false, "level_changed"],
    [201, true, -6],
  ]);
  expect([await api.stock(), await answered(200, api.get("/v1/reconciliation"))]).toMatchObject([
    "8/2/0/6",
    { ok: true },
  ]);
});

test("takes 500 counts at once, and no more", async () => {
  const api = await openShop();
  const many = (length: number) => ({ counts: Array.from({ length }, () => ({ sku: "tea", counted: 9 })) });
  const { data } = await answered(201, api.post(`${counts}/batch`, many(500)));
  expect(data).toHaveLength(500);
  expect(await problemOf(await api.post(`${counts}/batch`, many(501)))).toBe("400 malformed_request");
});
