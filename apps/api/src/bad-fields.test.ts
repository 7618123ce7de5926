import { expect, test } from "vitest";
import { TestApi, tea } from "./test-api.ts";
import {
  cart,
  correction,
  cup,
  expected,
  expectRefusal,
  id,
  long,
  malformed,
  operator,
  restock,
} from "./untouchable-shop.ts";

const corrections = "/v1/reconciliation/corrections";

test.each<readonly [string, string, unknown, string]>([
  ["a SKU that ends with a space", "/v1/products", { ...cup, sku: "cup " }, malformed],
  ["a SKU that begins with a wide space", "/v1/products", { ...cup, sku: "\u3000cup" }, malformed],
  ["a SKU of two lines", "/v1/products", { ...cup, sku: "c\u2028up" }, malformed],
  ["a SKU of one dot", "/v1/products", { ...cup, sku: "." }, malformed],
  ["a SKU of two dots", "/v1/products", { ...cup, sku: ".." }, malformed],
  ["a SKU of 129 characters", "/v1/products", { ...cup, sku: long(129) }, malformed],
  [
    "a SKU that differs from another one by case alone",
    "/v1/products",
    { ...cup, sku: "TEA" },
    "409 sku_differs_by_case",
  ],
  ["a name of spaces", "/v1/products", { ...cup, name: "     " }, malformed],
  ["a name of 256 characters", "/v1/products", { ...cup, name: long(256) }, malformed],
  ["a currency that does not exist", "/v1/products", { ...cup, price: { amount: 1, currency: "ZZZ" } }, malformed],
  ["a currency that was withdrawn", "/v1/products", { ...cup, price: { amount: 1, currency: "ANG" } }, malformed],
  ["a currency in small letters", "/v1/products", { ...cup, price: { amount: 1, currency: "eur" } }, malformed],
  ["a price that is a number", "/v1/products", { ...cup, price: 4.5 }, malformed],
  ["a price that is an operator", "/v1/products", { ...cup, price: operator }, malformed],
  ["a price without currency", "/v1/products", { ...cup, price: { amount: 1 } }, malformed],
  ["a price with more in it", "/v1/products", { ...cup, price: { ...tea.price, vat: 19 } }, malformed],
  ["a product without sku", "/v1/products", { name: cup.name, price: cup.price }, malformed],
  ["a product without name", "/v1/products", { sku: "cup", price: cup.price }, malformed],
  ["a product without price", "/v1/products", { sku: "cup", name: cup.name }, malformed],
  ["a product with an unknown field", "/v1/products", { ...cup, stock: 5 }, malformed],
  ["a product that sets its reserved stock", "/v1/products", { ...cup, reservedStock: 5 }, malformed],
  ["a product with an operator for a field", "/v1/products", { ...cup, $set: { totalStock: 9 } }, malformed],
  ["an order without lines", "/v1/orders", {}, malformed],
  ["an order of no lines", "/v1/orders", { lines: [] }, malformed],
  ["an order whose lines are an object", "/v1/orders", { lines: { 0: cart.lines[0], length: 1 } }, malformed],
  ["an order whose lines are an operator", "/v1/orders", { lines: operator }, malformed],
  ["an order whose lines are null", "/v1/orders", { lines: null }, malformed],
  ["an order with a line that is null", "/v1/orders", { lines: [null] }, malformed],
  ["an order with a line that is a text", "/v1/orders", { lines: ["tea"] }, malformed],
  ["an order with a line that is a list", "/v1/orders", { lines: [["tea", 1]] }, malformed],
  ["a line without sku", "/v1/orders", { lines: [{ quantity: 1 }] }, malformed],
  ["a line without quantity", "/v1/orders", { lines: [{ sku: "tea" }] }, malformed],
  ["a line with a price of its own", "/v1/orders", { lines: [{ ...cart.lines[0], unitPrice: 1 }] }, malformed],
  ["an order with an unknown field", "/v1/orders", { ...cart, status: "CONFIRMED" }, malformed],
  ["an order with a field `constructor`", "/v1/orders", { ...cart, constructor: { prototype: {} } }, malformed],
  ["a cart of 101 lines", "/v1/orders", { lines: Array(101).fill(cart.lines[0]) }, malformed],
  ["a cart of 10,000 lines", "/v1/orders", { lines: Array(10_000).fill({ sku: "t", quantity: 1 }) }, malformed],
  ["a cart too large to read", "/v1/orders", { lines: Array(10_000).fill(cart.lines[0]) }, "413 body_too_large"],
  ["a cart of 10,000 empty lines", "/v1/orders", { lines: Array(10_000).fill({}) }, malformed],
  ["a correction without expected", corrections, { sku: "tea", reason: "edited" }, malformed],
  ["a correction without reason", corrections, { sku: "tea", expected }, malformed],
  ["a correction without sku", corrections, { reason: "edited", expected }, malformed],
  ["a correction for a reason of 1 character", corrections, { ...correction, reason: "x" }, malformed],
  ["a correction for a reason of spaces", corrections, { ...correction, reason: "    " }, malformed],
  ["a correction for a reason of 256 characters", corrections, { ...correction, reason: long(256) }, malformed],
  [
    "a correction to half a unit",
    corrections,
    { ...correction, expected: { ...expected, totalStock: 1.5 } },
    malformed,
  ],
  [
    "a correction to less than nothing",
    corrections,
    { ...correction, expected: { ...expected, totalStock: -1 } },
    malformed,
  ],
  [
    "a correction to two counters",
    corrections,
    { ...correction, expected: { totalStock: 10, reservedStock: 1 } },
    malformed,
  ],
  [
    "a correction to a counter of its own",
    corrections,
    { ...correction, expected: { ...expected, safetyStock: 1 } },
    malformed,
  ],
  [
    "a correction to what no number can count exactly",
    corrections,
    { ...correction, expected: { ...expected, totalStock: 2 ** 53 } },
    malformed,
  ],
  ["a key by a reserved name", "/v1/api-keys", { name: "worker", scopes: ["admin"] }, malformed],
  ["a key with a scope twice", "/v1/api-keys", { name: "shop", scopes: ["admin", "admin"] }, malformed],
  ["a correction to a text", corrections, { ...correction, expected: { ...expected, totalStock: "10" } }, malformed],
  ["a correction with an unknown field", corrections, { ...correction, force: true }, malformed],
  ["a correction of what adds up", corrections, correction, "409 nothing_to_correct"],
  [
    "a correction at a place that there is not",
    corrections,
    { ...correction, locationId: "berlin" },
    "404 location_not_found",
  ],
  [
    "a correction of a product that does not exist",
    corrections,
    { ...correction, sku: "pot" },
    "404 product_not_found",
  ],
  ["an adjustment without reason", "/v1/stock-adjustments", { sku: "tea", delta: 1 }, malformed],
  ["an adjustment without delta", "/v1/stock-adjustments", { sku: "tea", reason: "restock" }, malformed],
  ["an adjustment without sku", "/v1/stock-adjustments", { delta: 1, reason: "restock" }, malformed],
  ["an adjustment for a reason of its own", "/v1/stock-adjustments", { ...restock, reason: "initial" }, malformed],
  ["an adjustment with an unknown field", "/v1/stock-adjustments", { ...restock, actor: "boss" }, malformed],
  [
    "an order of a product that does not exist",
    "/v1/orders",
    { lines: [{ sku: "pot", quantity: 1 }] },
    "404 product_not_found",
  ],
  [
    "an adjustment of a product that does not exist",
    "/v1/stock-adjustments",
    { ...restock, sku: "pot" },
    "404 product_not_found",
  ],
  ["a confirm with an unknown field", `/v1/orders/${id}/confirm`, { paid: true }, malformed],
  ["a review with an unknown field", `/v1/orders/${id}/review`, { decision: "SELL", stock: 1 }, malformed],
  ["a review without a decision", `/v1/orders/${id}/review`, {}, malformed],
  ["a review that says sell", `/v1/orders/${id}/review`, { decision: "sell" }, malformed],
  ["a review with an operator", `/v1/orders/${id}/review`, { decision: { $ne: "SELL" } }, malformed],
  ["a review of what awaits none", `/v1/orders/${id}/review`, { decision: "SELL" }, "409 order_not_reviewable"],
  [
    "a review of an order that does not exist",
    "/v1/orders/ord_none/review",
    { decision: "SELL" },
    "404 order_not_found",
  ],
  ["a confirm of an order that does not exist", "/v1/orders/ord_none/confirm", {}, "404 order_not_found"],
  ["a cancel of an order that does not exist", "/v1/orders/ord_none/cancel", {}, "404 order_not_found"],
])("refuses %s", async (_what, path, body, outcome) => {
  await expectRefusal((api) => api.post(path, body), outcome);
});

test("says in few words what is wrong, however much there is of it", async () => {
  const answer = await new TestApi().post("/v1/orders", { ...cart, [long(100_000)]: 1 });
  const text = await answer.text();
  expect(text).toContain("Unrecognized key");
  expect(text.length).toBeLessThan(1_000);
});

test("names every field that is wrong", async () => {
  const answer = await new TestApi().post("/v1/orders", {
    lines: [{ sku: "tea ", quantity: 0 }, { sku: "tea" }],
    hold: 1,
  });
  expect(await answer.json()).toMatchObject({
    code: "malformed_request",
    errors: [
      { path: "lines.0.sku", message: expect.stringContaining("space") },
      { path: "lines.0.quantity", message: expect.any(String) },
      { path: "lines.1.quantity", message: expect.any(String) },
      { path: "", message: expect.stringContaining("hold") },
    ],
  });
});
