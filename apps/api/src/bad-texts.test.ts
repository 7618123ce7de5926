import { describe, test } from "vitest";
import { cart, correction, cup, expectRefusal, id, long, malformed, operator, restock } from "./untouchable-shop.ts";

const corrections = "/v1/reconciliation/corrections";

/** Values that no text may be. */
const notTexts: readonly (readonly [string, unknown])[] = [
  ["a number", 5],
  ["true", true],
  ["null", null],
  ["a list", ["tea"]],
  ["an operator", operator],
  ["empty", ""],
  ["long", long(300)],
  ["a text with a NUL", "te\u0000a"],
  ["a text with a line feed", "tea\n"],
  ["a text with an escape", "\u001b[2Jtea"],
  ["a lone surrogate", "tea\ud800"],
  ["a replacement character, which stands for bytes that were no UTF-8", "tea\ufffd"],
];

/** Every text that a caller can send, in an otherwise valid body. */
const texts: Readonly<Record<string, readonly [path: string, body: (value: unknown) => object]>> = {
  "a product's sku": ["/v1/products", (value) => ({ ...cup, sku: value })],
  "a product's name": ["/v1/products", (value) => ({ ...cup, name: value })],
  "a price's currency": ["/v1/products", (value) => ({ ...cup, price: { amount: 1, currency: value } })],
  "a line's sku": ["/v1/orders", (value) => ({ lines: [{ sku: value, quantity: 1 }] })],
  "an order's customerId": ["/v1/orders", (value) => ({ ...cart, customerId: value })],
  "an order's locationId": ["/v1/orders", (value) => ({ ...cart, locationId: value })],
  "a confirm's paymentReference": [`/v1/orders/${id}/confirm`, (value) => ({ paymentReference: value })],
  "an adjustment's sku": ["/v1/stock-adjustments", (value) => ({ ...restock, sku: value })],
  "an adjustment's locationId": ["/v1/stock-adjustments", (value) => ({ ...restock, locationId: value })],
  "an adjustment's reason": ["/v1/stock-adjustments", (value) => ({ ...restock, reason: value })],
  "a correction's sku": [corrections, (value) => ({ ...correction, sku: value })],
  "a correction's locationId": [corrections, (value) => ({ ...correction, locationId: value })],
  "a correction's reason": [corrections, (value) => ({ ...correction, reason: value })],
  "an adjustment's reference": ["/v1/stock-adjustments", (value) => ({ ...restock, reference: value })],
};

describe.each(Object.entries(texts))("%s", (_what, [path, body]) => {
  test.each(notTexts)("is not %s", async (name, value) => {
    // Surrounding white space of a name is taken off, so one line feed at its end does no harm.
    if (path === "/v1/products" && name === "a text with a line feed" && "name" in body(value)) value = "te\na";
    await expectRefusal((api) => api.post(path, body(value)), malformed);
  });
});
