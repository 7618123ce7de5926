import { mainLocation, type Sku } from "@holdfast/domain";
import { eventPageSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, reread, TestApi } from "../test-api.ts";
import { type Page, read } from "./test-feed.ts";

function restock(api: TestApi, delta: number): Promise<unknown> {
  return answered(
    201,
    api.post("/v1/stock-adjustments", { sku: "tea", delta, reason: "correction", reference: "n-7" }),
  );
}

/** Three units, and orders that end in each way there is. */
async function eventfulShop(latePayment: "refund" | "review"): Promise<TestApi> {
  const api = new TestApi({ settings: { latePayment } });
  await api.createProduct({ totalStock: 5 });
  const [paid, cancelled, late, sold, refunded] = [
    await api.placeOrder(1, { customerId: "ann" }),
    ...(await Promise.all([1, 2, 3, 4].map(() => api.placeOrder()))),
  ];
  const confirm = (id: string | undefined) => api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pay-1" });
  await confirm(paid);
  await api.post(`/v1/orders/${cancelled}/cancel`, {}, { "idempotency-key": "k" });
  api.seconds = 300;
  await confirm(late);
  await api.expireDue();
  await restock(api, -3);
  await confirm(sold);
  await confirm(refunded);
  await restock(api, 1);
  await api.post(`/v1/orders/${sold}/review`, { decision: "SELL" });
  await api.post(`/v1/orders/${refunded}/review`, { decision: "REFUND" });
  return api;
}

test("lists all that happened, oldest first, in the shapes that are documented", async () => {
  const { data, ...rest } = await read(await eventfulShop("review"));
  expect(data.map(({ position, index, type }) => `${position}.${index} ${type}`)).toEqual([
    "1.0 ProductCreated",
    "1.1 StockAdjusted",
    "2.0 OrderPlaced",
    "3.0 OrderPlaced",
    "3.1 OrderPlaced",
    "3.2 OrderPlaced",
    "3.3 OrderPlaced",
    "4.0 OrderConfirmed",
    "5.0 OrderCancelled",
    "6.0 OrderExpired",
    "6.1 LatePaymentAccepted",
    "7.0 OrderExpired",
    "8.0 OrderExpired",
    "9.0 StockAdjusted",
    "10.0 LatePaymentReferred",
    "11.0 LatePaymentReferred",
    "12.0 StockAdjusted",
    "13.0 LatePaymentApproved",
    "14.0 LatePaymentRejected",
  ]);
  // The schema drops what it does not know, so equal pages show that nothing else is answered.
  expect(reread(eventPageSchema, { data, ...rest })).toEqual({ data, ...rest });
  const { data: refused } = await read(await eventfulShop("refund"));
  expect(refused.map(({ type }) => type)).toContain("LatePaymentRefused");
  expect(reread(eventPageSchema.shape.data, refused)).toEqual(refused);
});

test("shows each event with what it is about", async () => {
  const { data } = await read(await eventfulShop("review"));
  const order = {
    at: "2026-01-01T00:00:00.000Z",
    actor: "anonymous",
    orderId: expect.stringMatching(/^ord_\d{26}$/),
    locationId: "main",
    lines: [{ sku: "tea", quantity: 1 }],
  };
  const payment = { reference: "pay-1", at: "2026-01-01T00:05:00.000Z" };
  expect(data[2]).toEqual({ position: 2, index: 0, type: "OrderPlaced", ...order });
  expect(data[13]).toEqual({
    position: 9,
    index: 0,
    type: "StockAdjusted",
    at: "2026-01-01T00:05:00.000Z",
    actor: "anonymous",
    adjustmentId: expect.stringMatching(/^adj_/),
    sku: "tea",
    locationId: "main",
    delta: -3,
    affects: "TOTAL",
    reason: "correction",
    reference: "n-7",
    level: expect.objectContaining({ totalStock: 2, committedStock: 2, availableStock: 0 }),
  });
  expect(data[14]).toMatchObject({ payment: { ...payment, outcome: "REVIEW_DUE" } });
  expect(data[17]).toMatchObject({ payment: { ...payment, outcome: "REHELD", review: { decision: "SELL" } } });
});

test("shows a level that was corrected", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 9 });
  const expected = { totalStock: 10, reservedStock: 0, committedStock: 0 };
  const asked = { sku: "tea", reason: "edited by hand", expected };
  const { id } = await answered(201, api.post("/v1/reconciliation/corrections", asked));
  const { data, ...rest } = await read(api);
  expect(data.at(-1)).toMatchObject({
    type: "StockCorrected",
    correctionId: id,
    reason: "edited by hand",
    change: { totalStock: 1, reservedStock: 0, committedStock: 0 },
    level: { totalStock: 10 },
  });
  expect(reread(eventPageSchema, { data, ...rest })).toEqual({ data, ...rest });
});

test.each([1, 2, 3, 5, 18, 19, 20, 200])("by pages of %i, comes whole and each event once", async (limit) => {
  const api = await eventfulShop("review");
  const whole = await read(api);
  const events: Page["data"][number][] = [];
  let cursor = "";
  for (let page = await read(api, `?limit=${limit}`); ; page = await read(api, `?limit=${limit}&cursor=${cursor}`)) {
    cursor = page.nextCursor;
    if (page.data.length === 0) break;
    events.push(...page.data);
  }
  expect([events, cursor]).toEqual([whole.data, whole.nextCursor]);
  await restock(api, 1);
  const { data } = await read(api, `?limit=${limit}&cursor=${cursor}`);
  expect(data.map(({ position, type }) => `${position} ${type}`)).toEqual(["15 StockAdjusted"]);
});

test("an empty shop has an empty feed, and a place to go on from", async () => {
  const api = new TestApi();
  const { data, nextCursor } = await read(api);
  expect(data).toEqual([]);
  await api.createProduct({ totalStock: 0 });
  expect((await read(api, `?cursor=${nextCursor}`)).data).toHaveLength(1);
});
