import { describe, expect, test } from "vitest";
import { TestApi, tea } from "./test-api.ts";
import { expectRefusal, id, long, malformed } from "./untouchable-shop.ts";

const operator = { $gt: "" };

/** Values that no number may be, wherever one stands. JSON has no NaN: what stands for it is text or null. */
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
    bounds: ["0", "-1", "86401"],
  },
  "a product's totalStock": {
    path: "/v1/products",
    body: (value: string) => `${JSON.stringify({ ...tea, sku: "cup" }).slice(0, -1)}, "totalStock": ${value}}`,
    bounds: ["-1", "1000000001"],
  },
  "a price's amount": {
    path: "/v1/products",
    body: (value: string) => `{"sku": "cup", "name": "Cup", "price": {"currency": "EUR", "amount": ${value}}}`,
    bounds: ["-1", "1000000001"],
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

const cart = { lines: [{ sku: "tea", quantity: 1 }] };
const cup = { ...tea, sku: "cup" };
const restock = { sku: "tea", delta: 1, reason: "restock" };
const corrections = "/v1/reconciliation/corrections";
const expected = { totalStock: 10, reservedStock: 1, committedStock: 0 };
const correction = { sku: "tea", reason: "edited by hand", expected };

/** Every text that a caller can send, in a body that is right but for it. */
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

test.each<readonly [string, string, unknown, string]>([
  ["a SKU with a space", "/v1/products", { ...cup, sku: "green tea" }, malformed],
  ["a SKU with a slash", "/v1/products", { ...cup, sku: "te/a" }, malformed],
  ["a SKU called __proto__", "/v1/products", { ...cup, sku: "__proto__" }, malformed],
  ["a SKU of 65 characters", "/v1/products", { ...cup, sku: long(65) }, malformed],
  ["a name of 1 character", "/v1/products", { ...cup, name: "T" }, malformed],
  ["a name of spaces", "/v1/products", { ...cup, name: "     " }, malformed],
  ["a name of 121 characters", "/v1/products", { ...cup, name: long(121) }, malformed],
  ["a currency that does not exist", "/v1/products", { ...cup, price: { amount: 1, currency: "ZZZ" } }, malformed],
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
    "a correction of a place that has nothing",
    corrections,
    { ...correction, locationId: "berlin" },
    "409 nothing_to_correct",
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

/** Bodies that are not a JSON object, to every call that takes one. */
const notObjects: readonly (readonly [string, string])[] = [
  ["white space", "  \n"],
  ["broken JSON", '{"lines": ['],
  ["JSON with a comma too many", '{"lines": [],}'],
  ["JSON with a comment", '{} // "lines"'],
  ["JSON twice", "{}{}"],
  ["a text", '"tea"'],
  ["a number", "5"],
  ["null", "null"],
  ["true", "true"],
  ["a list", "[]"],
  ["lists in lists, 100,000 deep", "[".repeat(100_000) + "]".repeat(100_000)],
  ["objects in objects, 20,000 deep", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["a form", "sku=tea&quantity=1"],
  ["an object with a __proto__", '{"__proto__": {"lines": []}}'],
];

const posts = [
  "/v1/products",
  "/v1/orders",
  "/v1/stock-adjustments",
  corrections,
  `/v1/orders/${id}/confirm`,
  `/v1/orders/${id}/review`,
];

describe.each(posts)("POST %s", (path) => {
  test.each(notObjects)("does not take %s", async (_what, body) => {
    const headers = { "content-type": "application/json" };
    await expectRefusal((api) => api.send("POST", path, body, headers), malformed);
  });

  test.each([
    ["text/plain", "415 unsupported_media_type"],
    ["text/json", "415 unsupported_media_type"],
    ["application/json;charset", "415 unsupported_media_type"],
    ["application/json ; charset=utf-8", "415 unsupported_media_type"],
    ["application/jsonp", "415 unsupported_media_type"],
    ["application/x-www-form-urlencoded", "415 unsupported_media_type"],
    ["multipart/form-data; boundary=x", "415 unsupported_media_type"],
    ["application/xml, application/json", "415 unsupported_media_type"],
  ])("does not take %s", async (type, outcome) => {
    await expectRefusal((api) => api.send("POST", path, "{}", { "content-type": type }), outcome);
  });

  test("does not take a body of no type", async () => {
    const body = new TextEncoder().encode("{}");
    await expectRefusal((api) => api.send("POST", path, body, { "content-length": "2" }), "415 unsupported_media_type");
  });

  test("does not take a body that breaks off", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("the caller hung up")),
    });
    const init = { method: "POST", body, duplex: "half", headers: { "content-type": "application/json" } };
    await expectRefusal(async (api) => {
      const response = await api.app.request(path, init as RequestInit);
      expect(api.log.filter((line) => line.includes('"bug"'))).toEqual([]);
      return response;
    }, malformed);
  });

  test.each([
    ["declared", { "content-length": "262145" }],
    ["undeclared", {}],
  ])("does not take a body over the limit, its length %s", async (_what, length) => {
    const body = `{"name": "${long(262_145)}"}`;
    await expectRefusal(
      (api) => api.send("POST", path, body, { "content-type": "application/json", ...length }),
      "413 body_too_large",
    );
  });
});

test.each([
  ["empty", ""],
  ["of 256 characters", long(256)],
  ["with a space", "a b"],
  ["with a letter beyond ASCII", "clé"],
  ["with a tab", "a\tb"],
])("does not take an Idempotency-Key that is %s", async (_what, key) => {
  for (const [path, body] of [
    ["/v1/products", cup],
    ["/v1/orders", cart],
    ["/v1/stock-adjustments", restock],
  ] as const) {
    await expectRefusal((api) => api.post(path, body, { "idempotency-key": key }), malformed);
  }
});

test("does not take bytes that are no UTF-8", async () => {
  const body = Buffer.from('{"lines": [{"sku": "tea", "quantity": 1}], "customerId": "ann\xff"}', "latin1");
  const headers = { "content-type": "application/json" };
  await expectRefusal((api) => api.send("POST", "/v1/orders", body, headers), malformed);
});

test("says in few words what is wrong, however much there is of it", async () => {
  const answer = await new TestApi().post("/v1/orders", { ...cart, [long(100_000)]: 1 });
  const text = await answer.text();
  expect(text).toContain("Unrecognized key");
  expect(text.length).toBeLessThan(1_000);
});

test("names every field that is wrong", async () => {
  const answer = await new TestApi().post("/v1/orders", {
    lines: [{ sku: "te a", quantity: 0 }, { sku: "tea" }],
    hold: 1,
  });
  expect(await answer.json()).toMatchObject({
    code: "malformed_request",
    errors: [
      { path: "lines.0.sku", message: expect.stringContaining("letters") },
      { path: "lines.0.quantity", message: expect.any(String) },
      { path: "lines.1.quantity", message: expect.any(String) },
      { path: "", message: expect.stringContaining("hold") },
    ],
  });
});
