import { describe, test } from "vitest";
import { tea } from "./test-api.ts";
import { expectRefusal, malformed } from "./untouchable-shop.ts";

/** Values that no number may have. JSON has no NaN, so it is sent as text or null. */
const notWholeNumbers: readonly (readonly [string, string])[] = [
  ["a text", '"5"'],
  ["an empty text", '""'],
  ["NaN", "NaN"],
  ["Infinity", "Infinity"],
  ["a text NaN", '"NaN"'],
  ["null", "null"],
  ["true", "true"],
  ["a list", "[1]"],
  ["an object", "{}"],
  ["an operator", '{"$gt": ""}'],
  ["a fraction", "1.5"],
  ["a tiny fraction", "1e-9"],
  ["1e309", "1e309"],
  ["-1e309", "-1e309"],
  ["2^53", "9007199254740992"],
  ["2^53 + 1", "9007199254740993"],
  ["1e21", "1e21"],
  ["a hexadecimal number", "0x10"],
  ["nothing", ""],
];

/** Every number that a caller can send, with more values that it may not have. */
const numbers = {
  "an order's quantity": {
    path: "/v1/orders",
    body: (value: string) => `{"lines": [{"sku": "tea", "quantity": ${value}}]}`,
    bounds: ["0", "-0", "-1", "10001"],
  },
  "an order's holdSeconds": {
    path: "/v1/orders",
    body: (value: string) => `{"lines": [{"sku": "tea", "quantity": 1}], "holdSeconds": ${value}}`,
    bounds: ["0", "-1", "2592001"],
  },
  "a product's totalStock": {
    path: "/v1/products",
    body: (value: string) => `${JSON.stringify({ ...tea, sku: "cup" }).slice(0, -1)}, "totalStock": ${value}}`,
    bounds: ["-1", "1000000001"],
  },
  "a price's amount": {
    path: "/v1/products",
    body: (value: string) => `{"sku": "cup", "name": "Cup", "price": {"currency": "EUR", "amount": ${value}}}`,
    bounds: ["-1", "1000000000001"],
  },
  "an adjustment's delta": {
    path: "/v1/stock-adjustments",
    body: (value: string) => `{"sku": "tea", "reason": "restock", "delta": ${value}}`,
    bounds: ["0", "-0", "1000000001", "-1000000001"],
  },
} as const;

describe.each(Object.entries(numbers))("%s", (_what, { path, body, bounds }) => {
  test.each([...notWholeNumbers, ...bounds.map((bound) => [bound, bound] as const)])(
    "is not %s",
    async (_name, value) => {
      const headers = { "content-type": "application/json" };
      await expectRefusal((api) => api.send("POST", path, body(value), headers), malformed);
    },
  );
});
