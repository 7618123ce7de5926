import type { Actor } from "@holdfast/domain";
import { describe, expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

const owner = { authorization: "Bearer secret-of-the-owner" };
const apiKeys = new Map([["secret-of-the-owner", "owner" as Actor]]);
const twoTeas = { lines: [{ sku: "tea", quantity: 2 }] };

/** Secrets of two shoppers, as their pages make them. */
const ann = "3f9c1a52-8e4b-4a6e-9d0c-7b1f2e3d4c5a";
const bob = "b8d2e6f0-1c3a-4e5f-8a7b-9c0d1e2f3a4b";

/** A shop with ten teas, and a key of its storefront. */
async function storefront(settings: object = {}) {
  const api = new TestApi({ settings: { apiKeys, ...settings } });
  await answered(201, api.post("/v1/products", tea, owner));
  const makeKey = async (name: string, more: object = {}) => {
    const { key } = await answered(201, api.post("/v1/api-keys", { name, scopes: ["checkout"], ...more }, owner));
    return { authorization: `Bearer ${key}` };
  };
  const page = await makeKey("storefront");
  const place = (secret?: string, body: object = twoTeas) =>
    api.post("/v1/orders", body, { ...page, ...(secret !== undefined && { "idempotency-key": secret }) });
  const placed = async (secret?: string) => {
    const { id, orderToken } = await answered(201, place(secret));
    return { id: String(id), token: { ...page, "order-token": String(orderToken) } };
  };
  return { api, page, makeKey, place, placed };
}

const callsOfAnOrder: readonly (readonly [string, string, string])[] = [
  ["reads", "GET", ""],
  ["cancels", "POST", "/cancel"],
];

describe.each(callsOfAnOrder)("a shopper %s an order", (_does, method, call) => {
  test("with its token, and without one is refused alike whether there is such an order or not", async () => {
    const { api, page, placed } = await storefront();
    const { id, token } = await placed(ann);
    for (const each of [id, "ord_none"]) {
      const refused = await api.send(method, `/v1/orders/${each}${call}`, undefined, page);
      expect(await problemOf(refused)).toBe("403 forbidden");
    }
    expect(await answered(200, api.send(method, `/v1/orders/${id}${call}`, undefined, token))).toMatchObject({ id });
  });

  test("of their own alone: another one is answered as one that there is not", async () => {
    const { api, page, placed } = await storefront();
    const [own, other] = [await placed(ann), await placed(bob)];
    const ofTheShop = String(
      (await answered(201, api.post("/v1/orders", twoTeas, { ...owner, "idempotency-key": ann })))["id"],
    );
    const right = own.token["order-token"];
    const attempts: readonly (readonly [string, string])[] = [
      [other.id, right],
      [ofTheShop, right],
      ["ord_none", right],
      [own.id, `${right.slice(0, -1)}${right.endsWith("A") ? "B" : "A"}`],
      [own.id, ""],
      [own.id, ann],
    ];
    for (const [id, token] of attempts) {
      const answer = await api.send(method, `/v1/orders/${id}${call}`, undefined, { ...page, "order-token": token });
      expect(await problemOf(answer)).toBe("404 order_not_found");
    }
    expect(await answered(200, api.get(`/v1/orders/${other.id}`, owner))).toMatchObject({ status: "PENDING_PAYMENT" });
  });

  test("placed with the same storefront's key, or one that took over from it, and no other", async () => {
    const { api, makeKey, placed } = await storefront();
    const { id, token } = await placed();
    const [next, other] = [await makeKey("storefront", { rotates: true }), await makeKey("outlet")];
    const ask = (key: object) => api.send(method, `/v1/orders/${id}${call}`, undefined, { ...token, ...key });
    expect(await problemOf(await ask(other))).toBe("404 order_not_found");
    expect((await ask(next)).status).toBe(200);
  });
});

test("a replay gives the same token, and each order has one of its own", async () => {
  const { place } = await storefront();
  const first = await answered(201, place(ann));
  const again = await place(ann);
  expect([again.headers.get("idempotent-replayed"), await again.json()]).toEqual(["true", first]);
  const tokens = [
    first,
    await answered(201, place(bob)),
    await answered(201, place()),
    await answered(201, place()),
  ].map(({ orderToken }) => orderToken);
  expect(new Set(tokens).size).toBe(4);
  for (const token of tokens) expect(token).toMatch(/^hfo_[\w-]{43}$/);
});

test("no other answer shows a token, neither to the shopper nor to the shop", async () => {
  const { api, placed, place } = await storefront();
  const { id, token } = await placed(ann);
  const answers = [
    await api.get(`/v1/orders/${id}`, token),
    await api.get(`/v1/orders/${id}`, owner),
    await api.get("/v1/orders", owner),
    await api.get("/v1/events", owner),
    await api.post("/v1/orders", twoTeas, owner),
    await place(ann, { lines: [{ sku: "tea", quantity: 1 }] }),
  ];
  for (const answer of answers) expect(await answer.text()).not.toMatch(/hfo_|orderToken/);
  expect(api.log.join()).not.toMatch(/hfo_/);
});

test("a storefront's key cannot replay what the shop's own key of the same name has placed, nor the other way round", async () => {
  const { api, place } = await storefront();
  const ofTheShop = { name: "storefront", scopes: ["orders:write"], rotates: true };
  const { key } = await answered(201, api.post("/v1/api-keys", ofTheShop, owner));
  const shop = { authorization: `Bearer ${key}`, "idempotency-key": ann };
  const { id } = await answered(201, api.post("/v1/orders", twoTeas, shop));
  const shoppers = await place(ann);
  expect(shoppers.headers.get("idempotent-replayed")).toBeNull();
  expect((await answered(201, Promise.resolve(shoppers)))["id"]).not.toBe(id);
  const forged = { ...shop, "idempotency-key": `checkout:${ann}` };
  expect((await api.post("/v1/orders", twoTeas, forged)).headers.get("idempotent-replayed")).toBeNull();
});

test.each([
  ["a short idempotency key, which others could guess", "cart-1", {}, "400 malformed_request"],
  ["a customer", ann, { customerId: "cus-1" }, "400 malformed_request"],
  ["longer than the shop holds", ann, { holdSeconds: 301 }, "400 malformed_request"],
  ["more units than a customer may hold", ann, { lines: [{ sku: "tea", quantity: 8 }] }, "409 hold_limit_exceeded"],
  [
    "as many on several lines",
    ann,
    { lines: [4, 4].map((quantity) => ({ sku: "tea", quantity })) },
    "409 hold_limit_exceeded",
  ],
])("a storefront's key places no order with %s", async (_what, secret, more, outcome) => {
  const { api, place } = await storefront({ reservationBounds: { keyed: { unitsPerCustomerMax: 7 }, open: {} } });
  expect(await problemOf(await place(secret, { ...twoTeas, ...more }))).toBe(outcome);
  expect(await api.database.queries.orders({}, { limit: 1 })).toEqual([]);
});

test("what all of a storefront's shoppers hold is bounded, where a bound on keys is set", async () => {
  const { place } = await storefront({ reservationBounds: { keyed: { unitsPerKeyMax: 5 }, open: {} } });
  await answered(201, place());
  await answered(201, place(undefined, { ...twoTeas, holdSeconds: 300 }));
  expect(await problemOf(await place())).toBe("409 hold_limit_exceeded");
});

test("shoppers see what can be promised, and nothing of what is sold, held or kept back", async () => {
  const { api, page } = await storefront();
  const { id } = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 3 }] }, owner));
  await answered(200, api.post(`/v1/orders/${id}/confirm`, {}, owner));
  await answered(201, api.post("/v1/orders", twoTeas, owner));
  const figures = { totalStock: 5, reservedStock: 0, committedStock: 0, safetyStock: 0, availableStock: 5 };
  const product = await answered(200, api.get("/v1/products/tea", page));
  expect(product).toMatchObject({ ...figures, levels: [figures] });
  expect(await answered(200, api.get("/v1/products", page))).toMatchObject({ data: [product] });
  const tags = await Promise.all(
    [page, owner].map(async (key) => (await api.get("/v1/products/tea", key)).headers.get("etag")),
  );
  expect(new Set(tags).size).toBe(2);
});

test("shoppers see nothing of what is at a place that is closed", async () => {
  const { api, page } = await storefront();
  await answered(201, api.post("/v1/locations", { id: "berlin", name: "Berlin", priority: 1 }, owner));
  const restock = { sku: "tea", locationId: "berlin", delta: 3, reason: "restock" };
  await answered(201, api.post("/v1/stock-adjustments", restock, owner));
  const seen = () => answered(200, api.get("/v1/products/tea", page));
  const open = await seen();
  expect(open).toMatchObject({ totalStock: 13, availableStock: 13 });
  await answered(200, api.patch("/v1/locations/berlin", { active: false }, owner));
  expect(await seen()).toMatchObject({
    totalStock: 10,
    availableStock: 10,
    levels: [{ locationId: "berlin", totalStock: 0, availableStock: 0, active: false }, { availableStock: 10 }],
  });
  await answered(200, api.patch("/v1/locations/berlin", { active: true }, owner));
  expect(await seen()).toEqual(open);
});

test("a page of a named origin may send the order's token, and no key counts in a query", async () => {
  const { api, page } = await storefront({ corsOrigins: ["https://shop.example"] });
  const preflight = await api.send("OPTIONS", "/v1/orders/ord_1/cancel", undefined, {
    origin: "https://shop.example",
    "access-control-request-method": "POST",
  });
  expect(preflight.headers.get("access-control-allow-headers")).toContain("order-token");
  const key = page.authorization.slice("Bearer ".length);
  for (const name of ["key", "apiKey", "api_key", "authorization", "token", "access_token"]) {
    expect(await problemOf(await api.get(`/v1/products?${name}=${key}`))).toBe("401 unauthorized");
  }
});

test("a shopper writes nothing on an order for the shop, and does not see what the shop wrote for itself", async () => {
  const { api, place, placed } = await storefront();
  for (const more of [{ reference: "A-1" }, { metadata: { vip: "yes" } }])
    expect(await problemOf(await place(ann, { ...twoTeas, ...more }))).toBe("400 malformed_request");
  const { id, token } = await placed(ann);
  const path = `/v1/orders/${id}`;
  expect(await problemOf(await api.patch(path, { reference: "A-1" }, token))).toBe("403 forbidden");
  await answered(200, api.patch(path, { reference: "A-1", metadata: { risk: "high" } }, owner));
  for (const asked of [api.get(path, token), api.post(`${path}/cancel`, undefined, token)]) {
    const { reference, metadata } = await answered(200, asked);
    expect([reference, metadata]).toEqual(["A-1", undefined]);
  }
});

test("a shopper changes the lines of their own order, and of no other, as far as one customer may hold", async () => {
  const { api, placed } = await storefront({ reservationBounds: { keyed: { unitsPerCustomerMax: 4 }, open: {} } });
  const [own, other] = [await placed(ann), await placed(bob)];
  const change = (id: string, quantity: number, headers: Readonly<Record<string, string>>) =>
    api.send("PUT", `/v1/orders/${id}/lines`, JSON.stringify({ lines: [{ sku: "tea", quantity }] }), {
      "content-type": "application/json",
      ...headers,
    });
  expect(await answered(200, change(own.id, 4, own.token))).toMatchObject({ lines: [{ quantity: 4 }] });
  expect(await problemOf(await change(own.id, 5, own.token))).toBe("409 hold_limit_exceeded");
  expect(await problemOf(await change(other.id, 1, own.token))).toBe("404 order_not_found");
  const { "order-token": _token, ...page } = own.token;
  expect(await problemOf(await change(own.id, 1, page))).toBe("403 forbidden");
});
