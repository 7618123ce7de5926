import { stockAdjustmentsSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi, tea } from "../test-api.ts";

const batch = "/v1/stock-adjustments/batch";

/** The test shop's tea and cups, 10 of each, with an order of 2 of the tea. */
async function openShop(): Promise<TestApi> {
  const api = new TestApi();
  await api.createProduct();
  await answered(201, api.post("/v1/products", { ...tea, sku: "cup" }));
  await api.placeOrder(2);
  return api;
}

const one = { sku: "tea", delta: 1, reason: "restock" };

/** Of each: its status, whether it was done before, and its problem or its difference. */
function said({ data }: Readonly<Record<string, unknown>>): unknown[] {
  type Answer = { status: number; replayed: boolean; problem?: { code: string }; adjustment?: { delta: number } };
  return (data as Answer[]).map(({ status, replayed, problem, adjustment }) => [
    status,
    replayed,
    problem?.code ?? adjustment?.delta,
  ]);
}

test("answers each of many adjustments by itself, and a retry under the same key with the same", async () => {
  const api = await openShop();
  const adjustments = [
    { ...one, delta: 5, reference: "note-1" },
    { ...one, sku: "pot" },
    { ...one, delta: -20, reason: "damage" },
    { ...one, sku: "cup", delta: 2, affects: "CONDITION", reason: "quality_control" },
    { ...one, sku: "cup", delta: -9, reason: "theft" },
    { ...one, sku: "cup", delta: -9, reason: "theft", acceptShortage: true },
  ];
  const key = { "idempotency-key": "night" };
  const first = await answered(201, api.post(batch, { adjustments }, key));
  expect(reread(stockAdjustmentsSchema, first)).toEqual(first);
  const outcomes = (replayed: boolean) => [
    [201, replayed, 5],
    [404, false, "product_not_found"],
    [409, false, "stock_promised"],
    [201, replayed, 2],
    [409, false, "stock_promised"],
    [409, false, "stock_not_there"],
  ];
  expect(said(first)).toEqual(outcomes(false));
  expect(said(await answered(201, api.post(batch, { adjustments }, key)))).toEqual(outcomes(true));
  expect([await api.stock(), await answered(200, api.get("/v1/reconciliation"))]).toMatchObject([
    "15/2/0/13",
    { ok: true },
  ]);
});

test("does what half a batch has left, once, when it is sent again", async () => {
  const api = await openShop();
  const key = { "idempotency-key": "night" };
  const adjustments = [one, { ...one, sku: "pot" }];
  expect(said(await answered(201, api.post(batch, { adjustments }, key)))).toEqual([
    [201, false, 1],
    [404, false, "product_not_found"],
  ]);
  await answered(201, api.post("/v1/products", { ...tea, sku: "pot" }));
  expect(said(await answered(201, api.post(batch, { adjustments }, key)))).toEqual([
    [201, true, 1],
    [201, false, 1],
  ]);
  expect(await api.stock()).toBe("11/2/0/9");
});

test("takes 500 adjustments at once, and no more", async () => {
  const api = await openShop();
  const many = (length: number) => ({ adjustments: Array.from({ length }, () => one) });
  const response = await api.post(batch, many(500));
  expect([response.status, response.headers.get("location")]).toEqual([201, "/v1/stock-movements?sku=tea"]);
  expect(await api.stock()).toBe("510/2/0/508");
  for (const body of [many(501), many(0), { adjustments: [{ ...one, delta: 0 }] }])
    expect(await problemOf(await api.post(batch, body))).toBe("400 malformed_request");
});
