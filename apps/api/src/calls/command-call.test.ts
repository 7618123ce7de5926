import type { Actor } from "@holdfast/domain";
import { describe, expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

const cart = { lines: [{ sku: "tea", quantity: 2 }], customerId: "ann" };
const restock = { sku: "tea", delta: 5, reason: "restock" };

const json = { "content-type": "application/json" };
const withKey = { "idempotency-key": "k-1" };

/** The calls that create, each with another body of its own. */
const calls = [
  ["/v1/products", { ...tea, sku: "cup" }, { ...tea, sku: "cup", totalStock: 11 }],
  ["/v1/orders", cart, { ...cart, customerId: "bob" }],
  ["/v1/stock-adjustments", restock, { ...restock, delta: 6 }],
] as const;

describe.each(calls)("a key on POST %s", (path, body, otherBody) => {
  test("happens once, and is answered byte for byte the same", async () => {
    const api = new TestApi();
    await api.createProduct();
    const first = await api.post(path, body, withKey);
    const stored = await api.stored("tea", "cup");
    const again = await api.post(path, body, withKey);
    expect([first.status, first.headers.get("idempotent-replayed")]).toEqual([201, null]);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await again.text()).toBe(await first.text());
    expect(await api.stored("tea", "cup")).toBe(stored);
  });

  test("happens once where both come at once", async () => {
    const api = new TestApi();
    await api.createProduct();
    const answers = await Promise.all([1, 2, 3].map(() => api.post(path, body, withKey)));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.map((answer) => answer.headers.get("idempotent-replayed")).sort()).toEqual([null, "true", "true"]);
  });

  test("is refused with another body", async () => {
    const api = new TestApi();
    await api.createProduct();
    await answered(201, api.post(path, body, withKey));
    const stored = await api.stored("tea", "cup");
    expect(await problemOf(await api.post(path, otherBody, withKey))).toBe("422 idempotency_key_reused");
    expect(await api.stored("tea", "cup")).toBe(stored);
  });

  test("knows a body by what it says, not by its white space and order", async () => {
    const api = new TestApi();
    await api.createProduct();
    await answered(201, api.post(path, body, withKey));
    const turned = JSON.stringify(Object.fromEntries(Object.entries(body).reverse()), null, 2);
    const again = await api.send("POST", path, turned, { ...json, ...withKey });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });
});

test("an order is replayed as it was placed, after it was paid and after it ran out", async () => {
  const api = new TestApi();
  await api.createProduct();
  const first = await api.post("/v1/orders", cart, withKey);
  const text = await first.text();
  const { id } = JSON.parse(text) as { id: string };
  api.seconds = 301;
  await api.expireDue();
  expect(await (await api.post("/v1/orders", cart, withKey)).text()).toBe(text);
  await answered(200, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pay-1" }));
  expect(await (await api.post("/v1/orders", cart, withKey)).text()).toBe(text);
  expect(await api.stock()).toBe("10/0/2/8");
});

test("a product and an adjustment are replayed as they were, whatever has come since", async () => {
  const api = new TestApi();
  const product = await (await api.post("/v1/products", tea, withKey)).text();
  const adjustment = await (await api.post("/v1/stock-adjustments", restock, withKey)).text();
  await api.placeOrder(3);
  await answered(201, api.post("/v1/stock-adjustments", restock));
  expect(await (await api.post("/v1/products", tea, withKey)).text()).toBe(product);
  expect(await (await api.post("/v1/stock-adjustments", restock, withKey)).text()).toBe(adjustment);
});

test("a refusal leaves its key free", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 1 });
  expect(await problemOf(await api.post("/v1/orders", cart, withKey))).toBe("409 insufficient_stock");
  await answered(201, api.post("/v1/stock-adjustments", restock));
  const order = await api.post("/v1/orders", cart, withKey);
  expect([order.status, order.headers.get("idempotent-replayed")]).toEqual([201, null]);
});

test("one key of two API keys, or of two kinds of things, is two keys", async () => {
  const apiKeys = new Map([
    ["secret-of-the-shop", "shop" as Actor],
    ["secret-of-the-till", "till" as Actor],
  ]);
  const api = new TestApi({ settings: { apiKeys } });
  const shop = { authorization: "Bearer secret-of-the-shop", ...withKey };
  const till = { authorization: "Bearer secret-of-the-till", ...withKey };
  await answered(201, api.post("/v1/products", tea, shop));
  const orders = [
    await answered(201, api.post("/v1/orders", cart, shop)),
    await answered(201, api.post("/v1/orders", cart, till)),
    await answered(201, api.post("/v1/orders", cart, till)),
  ];
  expect(new Set(orders.map(({ id }) => id)).size).toBe(2);
  expect(await answered(200, api.get("/v1/products/tea", shop))).toMatchObject({ reservedStock: 4 });
});
