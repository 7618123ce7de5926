import type { Actor } from "@holdfast/domain";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

// The counter's seconds are the machine's, which the test moves on.
beforeEach(() => vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

const owner = { authorization: "Bearer secret-of-the-owner" };
const apiKeys = new Map([["secret-of-the-owner", "owner" as Actor]]);

async function keyOf(api: TestApi, rateLimitPerSecond?: number, name = "shop") {
  const request = { name, scopes: ["orders:read", "orders:write"], rateLimitPerSecond };
  const { key } = await answered(201, api.post("/v1/api-keys", request, owner));
  return { authorization: `Bearer ${key}` };
}

const limitsOf = ({ headers }: Response) => [headers.get("ratelimit-policy"), headers.get("ratelimit")];

test("counts the requests of a key, and turns away what is too much for a second", async () => {
  const api = new TestApi({ settings: { apiKeys, corsOrigins: "*" } });
  const shop = await keyOf(api, 2);
  expect(limitsOf(await api.get("/v1/orders", shop))).toEqual(['"key";q=2;w=1', '"key";r=1;t=1']);
  expect(limitsOf(await api.get("/v1/orders", shop))).toEqual(['"key";q=2;w=1', '"key";r=0;t=1']);
  const refused = await api.get("/v1/orders", { ...shop, origin: "https://shop.example" });
  expect(limitsOf(refused)).toEqual(['"key";q=2;w=1', '"key";r=0;t=1']);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  expect(await problemOf(refused)).toBe("429 rate_limited");
  vi.advanceTimersByTime(1_000);
  expect((await api.get("/v1/orders", shop)).status).toBe(200);
});

test("does nothing of what it turns away", async () => {
  const api = new TestApi({ settings: { apiKeys } });
  const shop = await keyOf(api, 1);
  await answered(
    201,
    api.post("/v1/products", { sku: "tea", name: "Tea", price: { amount: 1, currency: "EUR" }, totalStock: 5 }, owner),
  );
  const order = { lines: [{ sku: "tea", quantity: 1 }] };
  const answers = await Promise.all([1, 2, 3].map(() => api.post("/v1/orders", order, shop)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 429, 429]);
  expect(await api.database.queries.orders({}, { limit: 10 })).toHaveLength(1);
});

test("counts each key on its own, and the environment's by name", async () => {
  const two = new Map([...apiKeys, ["next-secret-of-the-owner", "owner" as Actor]]);
  const api = new TestApi({ settings: { apiKeys: two, rateLimitPerSecond: 3 } });
  const [one, other] = [await keyOf(api), await keyOf(api, undefined, "till")];
  const remaining = async (headers: Record<string, string>) => limitsOf(await api.get("/v1/orders", headers))[1];
  expect([await remaining(one), await remaining(one), await remaining(other)]).toEqual([
    '"key";r=2;t=1',
    '"key";r=1;t=1',
    '"key";r=2;t=1',
  ]);
  expect(await remaining({ authorization: "Bearer next-secret-of-the-owner" })).toBe('"key";r=0;t=1');
});

test("lets 1,500 requests of one key in within a second where no limit is set, as in a flash sale", async () => {
  const api = new TestApi({ settings: { apiKeys } });
  const shop = await keyOf(api);
  const answers = await Promise.all(Array.from({ length: 1_500 }, () => api.get("/v1/orders", shop)));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
});

test.each([
  ["a key", undefined, undefined, null],
  ["a key, with a limit set", undefined, 5, '"key";q=5;w=1'],
  ["a key with a limit of its own", 7, 5, '"key";q=7;w=1'],
  ["a key without limit", 0, 5, null],
  ["a key, with none set", undefined, 0, null],
])("%s (%s of %s) is told %s", async (_who, own, set, policy) => {
  const settings = { apiKeys, ...(set !== undefined && { rateLimitPerSecond: set }) };
  const api = new TestApi({ settings });
  expect(limitsOf(await api.get("/v1/orders", await keyOf(api, own)))[0]).toBe(policy);
});

test.each([
  [undefined, null],
  [5, '"key";q=5;w=1'],
])("anybody, with %s set, is told %s", async (set, policy) => {
  const api = new TestApi(set === undefined ? {} : { settings: { rateLimitPerSecond: set } });
  expect(limitsOf(await api.get("/v1/orders"))[0]).toBe(policy);
});

test.each(["/healthz", "/readyz", "/openapi.json", "/docs"])("%s is not limited", async (path) => {
  const api = new TestApi({ settings: { apiKeys, rateLimitPerSecond: 1 } });
  for (let n = 0; n < 5; n += 1) {
    const response = await api.get(path);
    expect([response.status, ...limitsOf(response)]).toEqual([200, null, null]);
  }
});
