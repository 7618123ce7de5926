import { encodeCursor } from "@holdfast/http-contract";
import { describe, test } from "vitest";
import { testEpoch } from "./test-api.ts";
import { expectRefusal, id, long, malformed } from "./untouchable-shop.ts";

const orderCursor = encodeCursor(["order", id]);
const productCursor = encodeCursor(["product", "tea"]);
const movementCursor = encodeCursor(["movement", 1, "0", 0]);
const eventCursor = encodeCursor(["event", testEpoch, 1, 0]);

/** Cursors that a list has not given. */
const badCursors: readonly (readonly [string, string])[] = [
  ["empty", ""],
  ["garbage", "%F0%9F%8D%B5"],
  ["no JSON", "bm8ganNvbg"],
  ["JSON of another shape", encodeCursor([])],
  ["an operator", Buffer.from('{"$gt": ""}').toString("base64url")],
  ["a list of operators", Buffer.from('["order", {"$gt": ""}]').toString("base64url")],
  ["longer by one", encodeCursor(["order", id, 0])],
  ["a movement of 1e309", Buffer.from('["movement", 1e309, "0", 0]').toString("base64url")],
  ["a movement of half a number", encodeCursor(["movement", 1, "0", 0.5])],
  ["a movement of a negative number", encodeCursor(["movement", -1, "0", 0])],
  ["an event before the first", encodeCursor(["event", testEpoch, 0, 0])],
  ["an event of half a number", encodeCursor(["event", testEpoch, 1.5, 0])],
  ["an event of 1e309", Buffer.from(`["event", "${testEpoch}", 1e309, 0]`).toString("base64url")],
  ["an event without an epoch", encodeCursor(["event", 1, 0])],
  ["an event of an epoch that is none", encodeCursor(["event", "$ne", 1, 0])],
];

describe.each([
  ["/v1/products?", [orderCursor, movementCursor, eventCursor]],
  ["/v1/orders?", [productCursor, movementCursor]],
  ["/v1/reservations?", [productCursor, movementCursor]],
  ["/v1/stock-movements?sku=tea&", [productCursor, orderCursor]],
  ["/v1/events?", [productCursor, orderCursor, movementCursor]],
])("GET %s", (list, otherCursors) => {
  test.each([...badCursors, ...otherCursors.map((cursor) => ["another list's", cursor] as const)])(
    "does not take a cursor that is %s",
    async (_what, cursor) => {
      await expectRefusal((api) => api.get(`${list}cursor=${cursor}`), "400 invalid_cursor");
    },
  );

  test("does not take a tampered cursor", async () => {
    const own = { products: productCursor, movements: movementCursor, events: eventCursor };
    const cursor = Object.entries(own).find(([name]) => list.includes(name))?.[1] ?? orderCursor;
    await expectRefusal((api) => api.get(`${list}cursor=A${cursor.slice(1)}`), "400 invalid_cursor");
    await expectRefusal((api) => api.get(`${list}cursor=${cursor.slice(0, -4)}`), "400 invalid_cursor");
  });

  test.each([
    "limit=0",
    "limit=-1",
    "limit=201",
    "limit=1.5",
    "limit=ten",
    "limit=",
    "limit=NaN",
    "limit=Infinity",
    "limit=1e309",
    "limit=0x10",
    "limit=1e1",
    "limit=%205",
    "limit=1.0",
    "limit=01",
    "limit=5&limit=6",
    "limit[$gt]=1",
    `cursor=${long(2_501)}`,
    "cursor[$ne]=1",
    "cursor=a&cursor=b",
    "offset=5",
    "$where=1",
    "__proto__[x]=1",
    "constructor=1",
  ])("does not take ?%s", async (query) => {
    await expectRefusal((api) => api.get(list + query), malformed);
  });
});

test.each<readonly [string, string]>([
  ["/v1/orders?status=PAID", malformed],
  ["/v1/orders?status=pending_payment", malformed],
  ["/v1/orders?status=", malformed],
  ["/v1/orders?status[$ne]=CONFIRMED", malformed],
  ["/v1/orders?status=CONFIRMED&status=FAILED", malformed],
  ["/v1/orders?customerId=", malformed],
  [`/v1/orders?customerId=${long(129)}`, malformed],
  ["/v1/orders?customerId=%00", malformed],
  ["/v1/orders?customerId[$gt]=", malformed],
  ["/v1/orders?paymentOutcome=ON_TIME", malformed],
  ["/v1/orders?paymentOutcome=", malformed],
  ["/v1/orders?paymentOutcome[$ne]=REFUND_DUE", malformed],
  ["/v1/events?waitSeconds=31", malformed],
  ["/v1/events?waitSeconds=-1", malformed],
  ["/v1/events?waitSeconds=0.5", malformed],
  ["/v1/events?waitSeconds=long", malformed],
  ["/v1/events?sku=tea", malformed],
  ["/v1/events/stream?cursor=none", "400 invalid_cursor"],
  [`/v1/events/stream?cursor=${orderCursor}`, "400 invalid_cursor"],
  ["/v1/events/stream?limit=5", malformed],
  ["/v1/orders?sku=", malformed],
  ["/v1/orders?sku=tea%20", malformed],
  ["/v1/orders?sku[$gt]=", malformed],
  ["/v1/orders?from=yesterday", malformed],
  ["/v1/orders?from=", malformed],
  ["/v1/orders?from=2026-01-01", malformed],
  ["/v1/orders?from=2026-02-30T00:00:00Z", malformed],
  ["/v1/orders?from=2026-01-01T25:00:00Z", malformed],
  ["/v1/orders?from=1767225600000", malformed],
  ["/v1/orders?from[$gt]=", malformed],
  ["/v1/orders?to=NaN", malformed],
  ["/v1/reservations?status=PENDING_PAYMENT", malformed],
  ["/v1/reservations?status[$gt]=", malformed],
  ["/v1/reservations?sku=..", malformed],
  ["/v1/stock-movements", malformed],
  ["/v1/stock-movements?sku=", malformed],
  ["/v1/stock-movements?sku[$gt]=", malformed],
  ["/v1/stock-movements?sku=pot", "404 product_not_found"],
  ["/v1/events?waitSeconds=0x10", malformed],
  ["/v1/events?waitSeconds=1e1", malformed],
  ["/v1/reconciliation?sku=", malformed],
  ["/v1/reconciliation?sku[$gt]=", malformed],
  ["/v1/reconciliation?all=1", malformed],
  ["/v1/reconciliation?sku=pot", "404 product_not_found"],
  ["/v1/products/pot", "404 product_not_found"],
  ["/v1/products/te%20a", "404 product_not_found"],
  ["/v1/products/tea%20", malformed],
  ["/v1/products/%00", malformed],
  ["/v1/products/%E0%A4%A", "404 product_not_found"],
  ["/v1/products/%", "404 product_not_found"],
  ["/v1/products/__proto__", "404 product_not_found"],
  ["/v1/products/constructor", "404 product_not_found"],
  ["/v1/products/%7B%22$gt%22:%22%22%7D", "404 product_not_found"],
  [`/v1/products/${long(129)}`, malformed],
  ["/v1/products/..%2F..%2Fetc%2Fpasswd", "404 product_not_found"],
  ["/v1/orders/none", "404 order_not_found"],
  ["/v1/orders/%E0%A4%A", "404 order_not_found"],
  ["/v1/orders/%ED%A0%80", "404 order_not_found"],
  ["/v1/orders/%00", "404 order_not_found"],
  ["/v1/orders/__proto__", "404 order_not_found"],
  ["/v1/orders/%7B%22$gt%22:%22%22%7D", "404 order_not_found"],
  [`/v1/orders/${long(65)}`, malformed],
  ["/v1/reservations/none", "404 reservation_not_found"],
  [`/v1/reservations/${id}`, "404 reservation_not_found"],
  ["/v1/reservations/%E0%A4%A", "404 reservation_not_found"],
  ["/v1/reservations/__proto__", "404 reservation_not_found"],
  [`/v1/reservations/${id.replace("ord", "res")}-3`, "404 reservation_not_found"],
  [`/v1/reservations/${long(65)}`, malformed],
  ["/v1/nothing", "404 not_found"],
  ["/v2/orders", "404 not_found"],
  ["/docs/assets/constructor", "404 not_found"],
  ["/docs/assets/__proto__", "404 not_found"],
  ["/docs/assets/..%2Fpackage.json", "404 not_found"],
  ["/docs/assets/package.json", "404 not_found"],
])("GET %s: %s", async (path, outcome) => {
  await expectRefusal((api) => api.get(path), outcome);
});

test.each([
  ["PUT", "/v1/products/tea", "405 method_not_allowed"],
  ["PATCH", "/v1/orders", "405 method_not_allowed"],
  ["DELETE", `/v1/orders/${id}`, "405 method_not_allowed"],
])("%s %s: %s", async (method, path, outcome) => {
  await expectRefusal((api) => api.send(method, path, undefined, {}), outcome);
});
