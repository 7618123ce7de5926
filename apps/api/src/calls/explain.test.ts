import { mainLocation, type Sku } from "@holdfast/domain";
import { explanationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

const path = "/v1/stock-levels/tea/main/explain";
const nothing = { count: 0, sum: 0, newest: [] };
const zeros = { totalStock: 0, reservedStock: 0, committedStock: 0 };

/** Seconds after the opening, as a query. */
function at(seconds: number): string {
  return `${path}?at=${new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString()}`;
}

test("shows what adds up to each number, now and at a past instant", async () => {
  const api = new TestApi();
  await api.createProduct();
  api.seconds = 10;
  const order = await api.placeOrder(2);
  api.seconds = 20;
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  const other = await api.placeOrder(1);

  const now = await answered(200, api.get(path));
  expect(reread(explanationSchema, now)).toEqual(now);
  expect(now).toMatchObject({
    sku: "tea",
    at: "2026-01-01T00:00:20.000Z",
    level: { locationId: "main", version: 4, totalStock: 10, reservedStock: 1, committedStock: 2, availableStock: 7 },
    adjustments: { count: 1, sum: 10, newest: [{ delta: 10, reason: "initial" }] },
    held: { count: 1, sum: 1, newest: [{ orderId: other, units: 1, placedAt: "2026-01-01T00:00:20.000Z" }] },
    sold: { count: 1, sum: 2, newest: [{ orderId: order, units: 2, placedAt: "2026-01-01T00:00:10.000Z" }] },
    corrections: { ...nothing, sum: zeros },
    unexplained: zeros,
  });
  expect(await answered(200, api.get(at(19)))).toMatchObject({
    at: "2026-01-01T00:00:19.000Z",
    level: { version: 2, reservedStock: 2, committedStock: 0 },
    held: { count: 1, sum: 2, newest: [{ orderId: order }] },
    sold: nothing,
  });
});

test("shows a correction, and the edit that it evens out", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 12 });
  const expected = { ...zeros, totalStock: 10 };
  await answered(201, api.post("/v1/reconciliation/corrections", { sku: "tea", reason: "edited by hand", expected }));
  const body = await answered(200, api.get(path));
  expect(reread(explanationSchema, body)).toEqual(body);
  expect(body).toMatchObject({
    level: { version: 2, totalStock: 10 },
    adjustments: { sum: 10 },
    corrections: { count: 1, sum: { ...zeros, totalStock: -2 }, newest: [{ reason: "edited by hand" }] },
    unexplained: { ...zeros, totalStock: 2 },
  });
});

test("answers zeros for a location that holds nothing", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.openLocation("paris");
  expect(await answered(200, api.get("/v1/stock-levels/tea/paris/explain"))).toMatchObject({
    level: { locationId: "paris", version: 0, ...zeros },
    adjustments: nothing,
    held: nothing,
    sold: nothing,
  });
});

test.each([
  ["/v1/stock-levels/pot/main/explain", "404 product_not_found"],
  [at(1), "400 malformed_request"],
  [`${path}?at=yesterday`, "400 malformed_request"],
  [`${path}?at=2025-02-30T00:00:00Z`, "400 malformed_request"],
  [`${path}?until=now`, "400 malformed_request"],
  ["/v1/stock-levels/te%00a/main/explain", "400 malformed_request"],
  ["/v1/stock-levels/tea/ma%20in/explain", "400 malformed_request"],
  ["/v1/stock-levels/tea/main/explain/more", "404 not_found"],
])("GET %s: %s", async (asked, outcome) => {
  const api = new TestApi();
  await api.createProduct();
  expect(await problemOf(await api.get(asked))).toBe(outcome);
});
