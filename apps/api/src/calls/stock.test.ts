import { mainLocation, type Sku } from "@holdfast/domain";
import {
  reconciliationSchema,
  stockAdjustmentSchema,
  stockCorrectionSchema,
  stockMovementSchema,
} from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

/** A correction as an operator asks for it. */
const asked = { sku: "tea", reason: "edited by hand" };

test("adjusts stock, with the level right after it", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  const damage = { sku: "tea", delta: -3, reason: "damage", reference: "note-7" };
  const body = await answered(201, api.post("/v1/stock-adjustments", damage));
  expect(body).toEqual({
    ...damage,
    affects: "TOTAL",
    id: expect.stringMatching(/^adj_\d{26}$/),
    locationId: "main",
    actor: "anonymous",
    createdAt: "2026-01-01T00:00:00.000Z",
    level: {
      locationId: "main",
      version: 3,
      totalStock: 7,
      reservedStock: 2,
      committedStock: 0,
      safetyStock: 0,
      unsellableStock: 0,
      incomingStock: 0,
      shortStock: 0,
      availableStock: 5,
    },
  });
  expect(reread(stockAdjustmentSchema, body)).toEqual(body);
  expect(await api.stock()).toBe("7/2/0/5");
});

test.each([
  [{ delta: -9 }, "409 stock_promised"],
  [{ delta: -1, locationId: "berlin" }, "409 stock_promised"],
  [{ delta: 1, locationId: "brelin" }, "404 location_not_found"],
  [{ delta: 1_000_000_000 }, "422 stock_limit_exceeded"],
  [{ delta: 1, sku: "pot" }, "404 product_not_found"],
])("refuses %j: %s", async (change, outcome) => {
  const api = new TestApi();
  await api.createProduct();
  await api.openLocation("berlin");
  await api.placeOrder(2);
  const response = await api.post("/v1/stock-adjustments", { sku: "tea", reason: "correction", ...change });
  expect(await problemOf(response)).toBe(outcome);
  expect(await api.stock()).toBe("10/2/0/8");
});

test("lists the ledger of a SKU, newest first", async () => {
  const api = new TestApi();
  await api.createProduct();
  const order = await api.placeOrder(2);
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 5, reason: "restock", reference: "n-1" }));
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea"));
  expect(data).toMatchObject([
    { reason: "restock", reference: "n-1", actor: "anonymous", change: { totalStock: 5 }, after: { version: 4 } },
    { reason: "order_confirmed", orderId: order, change: { reservedStock: -2, committedStock: 2 } },
    { reason: "order_placed", orderId: order, change: { totalStock: 0, reservedStock: 2, committedStock: 0 } },
    { reason: "initial", change: { totalStock: 10 }, after: { version: 1, availableStock: 10 } },
  ]);
  for (const movement of data as object[]) expect(reread(stockMovementSchema, movement)).toEqual(movement);
});

test("finds that every counter adds up", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup" });
  await api.placeOrder(2);
  const whole = await answered(200, api.get("/v1/reconciliation"));
  expect(whole).toEqual({ ok: true, levelsChecked: 2, drift: [], unreadable: [] });
  expect(reread(reconciliationSchema, whole)).toEqual(whole);
  expect(await answered(200, api.get("/v1/reconciliation?sku=tea"))).toMatchObject({ ok: true, levelsChecked: 1 });
  expect(await problemOf(await api.get("/v1/reconciliation?sku=pot"))).toBe("404 product_not_found");
});

test("finds a counter that someone edited", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 11 });
  const body = await answered(200, api.get("/v1/reconciliation"));
  const found = { sku: "tea", locationId: "main", counter: "totalStock", counted: 11, expected: 10 };
  expect(body).toEqual({
    ok: false,
    levelsChecked: 1,
    drift: [
      { ...found, source: "adjustments" },
      { ...found, source: "journal" },
    ],
    unreadable: [],
  });
  expect(reread(reconciliationSchema, body)).toEqual(body);
});

test("makes one correction of an Idempotency-Key, and replays it byte by byte", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { reservedStock: 0 });
  const expected = { totalStock: 10, reservedStock: 2, committedStock: 0 };
  const ask = (body: object) => api.post("/v1/reconciliation/corrections", body, { "idempotency-key": "ticket-311" });
  const [made, again] = [await ask({ ...asked, expected }), await ask({ ...asked, expected })];
  expect([made.status, again.status, again.headers.get("idempotent-replayed")]).toEqual([201, 201, "true"]);
  expect(await again.text()).toBe(await made.text());
  expect(await problemOf(await ask({ ...asked, expected, reason: "another one" }))).toBe("422 idempotency_key_reused");
});

test("corrects a counter that someone edited, as reviewed", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { reservedStock: 0 });
  const expected = { totalStock: 10, reservedStock: 2, committedStock: 0 };
  const body = await answered(201, api.post("/v1/reconciliation/corrections", { ...asked, expected }));
  expect(body).toEqual({
    id: expect.stringMatching(/^cor_\d{26}$/),
    sku: "tea",
    locationId: "main",
    reason: "edited by hand",
    actor: "anonymous",
    createdAt: "2026-01-01T00:00:00.000Z",
    change: { totalStock: 0, reservedStock: 2, committedStock: 0 },
    level: {
      locationId: "main",
      version: 3,
      totalStock: 10,
      reservedStock: 2,
      committedStock: 0,
      safetyStock: 0,
      unsellableStock: 0,
      incomingStock: 0,
      shortStock: 0,
      availableStock: 8,
    },
  });
  expect(reread(stockCorrectionSchema, body)).toEqual(body);
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea&limit=1"));
  expect(data).toMatchObject([{ reason: "corrected", reference: "edited by hand", correctionId: body["id"] }]);
  const again = await api.post("/v1/reconciliation/corrections", { ...asked, expected });
  expect(await problemOf(again)).toBe("409 nothing_to_correct");
});

test("answers the fresh figures where they have changed since they were seen", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 9 });
  await api.placeOrder(2);
  const expected = { totalStock: 10, reservedStock: 0, committedStock: 0 };
  const answer = await api.post("/v1/reconciliation/corrections", { ...asked, expected });
  expect(await answer.json()).toMatchObject({
    status: 409,
    code: "drift_changed",
    errors: [
      { counter: "totalStock", counted: 9, expected: 10, message: "totalStock is 9, its sources add up to 10" },
      { counter: "reservedStock", counted: 2, expected: 2 },
      { counter: "committedStock", counted: 0, expected: 0 },
    ],
  });
  expect(await api.stock()).toBe("9/2/0/7");
});

test("sets no level that would promise more than there is", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(6);
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { reservedStock: 0 });
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: -7, reason: "damage" }));
  const expected = { totalStock: 3, reservedStock: 6, committedStock: 0 };
  const answer = await api.post("/v1/reconciliation/corrections", { ...asked, expected });
  expect(await answer.json()).toMatchObject({ code: "stock_promised", errors: [{ requested: 6, available: 3 }] });
});

test("takes units off sale and back, and writes them off, with a note", async () => {
  const api = new TestApi();
  await api.createProduct();
  const spoil = { sku: "tea", delta: 4, affects: "CONDITION", reason: "quality_control", note: "smells of mint" };
  expect(await answered(201, api.post("/v1/stock-adjustments", spoil, { "idempotency-key": "k" }))).toMatchObject({
    note: "smells of mint",
    level: { totalStock: 10, unsellableStock: 4, availableStock: 6 },
  });
  await answered(201, api.post("/v1/stock-adjustments", { ...spoil, delta: -1, reason: "repaired" }));
  const written = { sku: "tea", delta: -3, affects: "UNSELLABLE", reason: "damage" };
  await answered(201, api.post("/v1/stock-adjustments", written));
  expect(await problemOf(await api.post("/v1/stock-adjustments", written))).toBe("409 stock_not_there");
  expect(await answered(200, api.get("/v1/stock-levels/tea/main"))).toMatchObject({
    totalStock: 7,
    unsellableStock: 0,
    incomingStock: 0,
  });
  expect(await answered(200, api.get("/v1/stock-levels/tea/main/explain"))).toMatchObject({
    adjustments: { count: 2, sum: 7 },
    unsellable: { count: 3, sum: 0, newest: [{ units: -3 }, { units: -1 }, { units: 4 }] },
    unexplained: { totalStock: 0, unsellableStock: 0 },
  });
});

test("books a loss of what is promised where the shortage is accepted, and shows it", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(8);
  const loss = { sku: "tea", delta: -5, reason: "theft" };
  expect(await problemOf(await api.post("/v1/stock-adjustments", loss))).toBe("409 stock_promised");
  const booked = await answered(201, api.post("/v1/stock-adjustments", { ...loss, acceptShortage: true }));
  expect(booked).toMatchObject({ level: { totalStock: 5, availableStock: -3, shortStock: 3 } });
  const sold = await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] });
  expect(await sold.json()).toMatchObject({ code: "insufficient_stock", errors: [{ requested: 1, available: 0 }] });
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 4, reason: "restock" }));
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ availableStock: 1, shortStock: 0 });
});
