import { type LocationId, levelKey, type Sku, type Tally } from "@holdfast/domain";
import { reconciliationSchema, stockAdjustmentSchema, stockMovementSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

test("adjusts stock, with the level right after it", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  const asked = { sku: "tea", delta: -3, reason: "damage", reference: "note-7" };
  const body = await answered(201, api.post("/v1/stock-adjustments", asked));
  expect(body).toEqual({
    ...asked,
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
      availableStock: 5,
    },
  });
  expect(stockAdjustmentSchema.parse(body)).toEqual(body);
  expect(await api.stock()).toBe("7/2/0/5");
});

test.each([
  [{ delta: -9 }, "409 stock_promised"],
  [{ delta: -1, locationId: "berlin" }, "409 stock_promised"],
  [{ delta: 1_000_000_000 }, "422 stock_limit_exceeded"],
  [{ delta: 1, sku: "pot" }, "404 product_not_found"],
])("refuses %j: %s", async (change, outcome) => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder(2);
  const response = await api.post("/v1/stock-adjustments", { sku: "tea", reason: "correction", ...change });
  expect(await problemOf(response)).toBe(outcome);
  expect(await api.stock()).toBe("10/2/0/8");
});

test("tells the ledger of a SKU, newest first", async () => {
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
  for (const movement of data as object[]) expect(stockMovementSchema.parse(movement)).toEqual(movement);
});

test("finds that every counter adds up", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup" });
  await api.placeOrder(2);
  const whole = await answered(200, api.get("/v1/reconciliation"));
  expect(whole).toEqual({ ok: true, levelsChecked: 2, drift: [] });
  expect(reconciliationSchema.parse(whole)).toEqual(whole);
  expect(await answered(200, api.get("/v1/reconciliation?sku=tea"))).toMatchObject({ ok: true, levelsChecked: 1 });
  expect(await problemOf(await api.get("/v1/reconciliation?sku=pot"))).toBe("404 product_not_found");
});

test("finds a counter that someone edited", async () => {
  const sound = new TestApi();
  const { queries } = sound.database;
  async function* edited(sku?: Sku): AsyncGenerator<Tally> {
    for await (const tally of queries.tallies(sku)) {
      const theirs = levelKey(tally.level.sku, tally.level.locationId) === levelKey("tea" as Sku, "main" as LocationId);
      yield theirs ? { ...tally, level: { ...tally.level, totalStock: 11 } } : tally;
    }
  }
  await sound.createProduct();
  const api = new TestApi({ queries: { ...queries, tallies: edited } });
  const body = await answered(200, api.get("/v1/reconciliation"));
  const found = { sku: "tea", locationId: "main", counter: "totalStock", counted: 11, expected: 10 };
  expect(body).toEqual({
    ok: false,
    levelsChecked: 1,
    drift: [
      { ...found, source: "adjustments" },
      { ...found, source: "journal" },
    ],
  });
  expect(reconciliationSchema.parse(body)).toEqual(body);
});
