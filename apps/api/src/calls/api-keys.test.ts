import type { Actor } from "@holdfast/domain";
import { apiKeySchema, createdApiKeySchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi, tea } from "../test-api.ts";

const ownerKey = "secret-of-the-owner";
const owner = bearer(ownerKey);
const settings = { apiKeys: new Map([[ownerKey, "owner" as Actor]]) };
const shopKey = { name: "shop", scopes: ["orders:read", "orders:write", "catalogue:read"] };

function bearer(key: unknown) {
  return { authorization: `Bearer ${key}` };
}

test("makes a key, and shows it this once", async () => {
  const api = new TestApi({ settings });
  const response = await api.post("/v1/api-keys", { ...shopKey, rateLimitPerSecond: 500 }, owner);
  expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
  const made = (await response.json()) as Record<string, unknown>;
  const { key, ...rest } = made;
  expect(key).toMatch(/^hf_[\w-]{43}$/);
  expect(rest).toEqual({
    ...shopKey,
    id: expect.stringMatching(/^key_\d{26}$/),
    rateLimitPerSecond: 500,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "owner",
  });
  expect(reread(createdApiKeySchema, made)).toEqual(made);

  const { data } = await answered(200, api.get("/v1/api-keys", owner));
  expect(data).toEqual([rest]);
  expect(reread(apiKeySchema, rest)).toEqual(rest);
  const everywhere = JSON.stringify([await api.database.apiKeys.live(), api.log]);
  expect(everywhere).not.toContain(String(key));
  expect(api.log.some((line) => line.includes("API key made") && line.includes("owner"))).toBe(true);
});

test("a key opens at once, and is out as soon as it is revoked; a repeat answers the same", async () => {
  const api = new TestApi({ settings });
  const { id, key } = await answered(201, api.post("/v1/api-keys", shopKey, owner));
  await answered(200, api.get("/v1/orders", bearer(key)));
  api.seconds = 60;
  const revoked = await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  expect(revoked).toMatchObject({ id, revokedAt: "2026-01-01T00:01:00.000Z" });
  expect(reread(apiKeySchema, revoked)).toEqual(revoked);
  expect(await problemOf(await api.get("/v1/orders", bearer(key)))).toBe("401 unauthorized");
  api.seconds = 90;
  expect(await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner))).toEqual(revoked);
  expect((await answered(200, api.get("/v1/api-keys", owner)))["data"]).toEqual([revoked]);
});

test("acts under the key's name, in the ledger and in the journal of its orders", async () => {
  const api = new TestApi({ settings });
  await answered(201, api.post("/v1/products", tea, owner));
  const { key } = await answered(201, api.post("/v1/api-keys", shopKey, owner));
  const order = { lines: [{ sku: "tea", quantity: 1 }] };
  const { id } = await answered(201, api.post("/v1/orders", order, bearer(key)));
  await answered(200, api.post(`/v1/orders/${id}/confirm`, {}, bearer(key)));
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea", owner));
  expect((data as { reason: string; actor: string }[]).map(({ reason, actor }) => [reason, actor])).toEqual([
    ["order_confirmed", "shop"],
    ["order_placed", "shop"],
    ["initial", "owner"],
  ]);
  const journal = await api.database.queries.journal("tea" as never, { limit: 10 });
  const records = journal.flatMap((entry) => ("records" in entry ? entry.records : []));
  expect(records.map(({ type, actor }) => `${type} by ${actor}`)).toEqual([
    "OrderConfirmed by shop",
    "OrderPlaced by shop",
    "ProductCreated by owner",
    "StockAdjusted by owner",
  ]);
});

test("a key that takes over from another one owns its idempotency keys", async () => {
  const api = new TestApi({ settings });
  await answered(201, api.post("/v1/products", tea, owner));
  const { key: first } = await answered(201, api.post("/v1/api-keys", shopKey, owner));
  const { key: next } = await answered(201, api.post("/v1/api-keys", { ...shopKey, rotates: true }, owner));
  const order = { lines: [{ sku: "tea", quantity: 1 }] };
  const placed = await answered(201, api.post("/v1/orders", order, { ...bearer(first), "idempotency-key": "a" }));
  const replay = await api.post("/v1/orders", order, { ...bearer(next), "idempotency-key": "a" });
  expect([replay.headers.get("idempotent-replayed"), await replay.json()]).toEqual(["true", placed]);
});

test("the first key closes a door that was open, and revoking it does not open it again", async () => {
  const api = new TestApi();
  const { id, key, createdBy } = await answered(201, api.post("/v1/api-keys", { name: "ops", scopes: ["admin"] }));
  expect(createdBy).toBe("anonymous");
  expect(await problemOf(await api.get("/v1/orders"))).toBe("401 unauthorized");
  await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, bearer(key)));
  expect(await problemOf(await api.get("/v1/orders"))).toBe("401 unauthorized");
  expect(await problemOf(await api.get("/v1/orders", bearer(key)))).toBe("401 unauthorized");
});

test.each([1, 2, 3, 200])("lists keys newest first, by pages of %i", async (limit) => {
  const api = new TestApi({ settings });
  const ids: unknown[] = [];
  for (const name of ["a", "b", "c", "d", "e"]) {
    ids.unshift((await answered(201, api.post("/v1/api-keys", { ...shopKey, name }, owner)))["id"]);
  }
  const listed: unknown[] = [];
  for (let cursor = ""; ; ) {
    const { data, nextCursor } = await answered(200, api.get(`/v1/api-keys?limit=${limit}${cursor}`, owner));
    listed.push(...(data as { id: string }[]).map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(listed).toEqual(ids);
});

test.each([
  ["no name", { scopes: ["admin"] }, "400 malformed_request"],
  ["a name in capitals", { ...shopKey, name: "Shop" }, "400 malformed_request"],
  ["a name too long", { ...shopKey, name: "x".repeat(41) }, "400 malformed_request"],
  ["the worker's name", { ...shopKey, name: "worker" }, "400 malformed_request"],
  ["nobody's name", { ...shopKey, name: "anonymous" }, "400 malformed_request"],
  ["no scopes", { name: "shop" }, "400 malformed_request"],
  ["an empty list of scopes", { name: "shop", scopes: [] }, "400 malformed_request"],
  ["a scope that there is not", { name: "shop", scopes: ["orders:*"] }, "400 malformed_request"],
  [
    "the public's scope beside another one",
    { name: "shop", scopes: ["checkout", "orders:read"] },
    "400 malformed_request",
  ],
  ["a scope twice", { name: "shop", scopes: ["admin", "admin"] }, "400 malformed_request"],
  ["a limit below zero", { ...shopKey, rateLimitPerSecond: -1 }, "400 malformed_request"],
  ["half a request", { ...shopKey, rateLimitPerSecond: 0.5 }, "400 malformed_request"],
  ["too high a limit", { ...shopKey, rateLimitPerSecond: 1_000_001 }, "400 malformed_request"],
  ["half a rotation", { ...shopKey, rotates: "yes" }, "400 malformed_request"],
  ["a field that there is not", { ...shopKey, key: "hf_mine" }, "400 malformed_request"],
])("makes no key with %s", async (_what, body, outcome) => {
  const api = new TestApi({ settings });
  expect(await problemOf(await api.post("/v1/api-keys", body, owner))).toBe(outcome);
  expect(await api.database.apiKeys.list({ limit: 1 })).toEqual([]);
});

test("makes no more than a thousand keys that live at a time", async () => {
  const api = new TestApi({ settings: { ...settings, rateLimitPerSecond: 0 } });
  for (let n = 0; n < 1_000; n += 1)
    await answered(201, api.post("/v1/api-keys", { ...shopKey, name: `shop-${n}` }, owner));
  expect(await problemOf(await api.post("/v1/api-keys", shopKey, owner))).toBe("409 too_many_api_keys");
  const [last] = await api.database.apiKeys.list({ limit: 1 });
  await answered(200, api.post(`/v1/api-keys/${last?.id}/revoke`, undefined, owner));
  await answered(201, api.post("/v1/api-keys", shopKey, owner));
});

test("revokes no key that there is not, and lists from no cursor of another list", async () => {
  const api = new TestApi({ settings });
  expect(await problemOf(await api.post("/v1/api-keys/key_none/revoke", undefined, owner))).toBe(
    "404 api_key_not_found",
  );
  expect(await problemOf(await api.get("/v1/api-keys?cursor=nonsense", owner))).toBe("400 invalid_cursor");
});

test("makes no second key of a name while one lives, unless it is to take over", async () => {
  const api = new TestApi({ settings });
  const { id } = await answered(201, api.post("/v1/api-keys", shopKey, owner));
  expect(await problemOf(await api.post("/v1/api-keys", shopKey, owner))).toBe("409 api_key_name_taken");
  const { id: next } = await answered(201, api.post("/v1/api-keys", { ...shopKey, rotates: true }, owner));
  await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  expect(await problemOf(await api.post("/v1/api-keys", shopKey, owner))).toBe("409 api_key_name_taken");
  await answered(200, api.post(`/v1/api-keys/${next}/revoke`, undefined, owner));
  await answered(201, api.post("/v1/api-keys", shopKey, owner));
});

test("makes no key of a name that one in API_KEYS has, unless it is to take over", async () => {
  const api = new TestApi({ settings });
  const request = { ...shopKey, name: "owner" };
  expect(await problemOf(await api.post("/v1/api-keys", request, owner))).toBe("409 api_key_name_taken");
  await answered(201, api.post("/v1/api-keys", { ...request, rotates: true }, owner));
});

test("makes one key of an Idempotency-Key, and says which when the request comes again", async () => {
  const api = new TestApi({ settings });
  const ask = (body: object, key = "a") => api.post("/v1/api-keys", body, { ...owner, "idempotency-key": key });
  const { id, key } = await answered(201, ask(shopKey));
  const again = await ask(shopKey);
  const text = await again.clone().text();
  expect([await problemOf(again), text.includes(String(id)), text.includes(String(key))]).toEqual([
    "409 api_key_exists",
    true,
    false,
  ]);
  expect(await problemOf(await ask({ ...shopKey, scopes: ["admin"] }))).toBe("422 idempotency_key_reused");
  await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  expect(await problemOf(await ask(shopKey))).toBe("409 api_key_exists");
  await answered(201, ask(shopKey, "b"));
  expect((await answered(200, api.get("/v1/api-keys", owner)))["data"]).toHaveLength(2);
});

test("makes one key of an Idempotency-Key however many ask at the same time", async () => {
  const api = new TestApi({ settings });
  const headers = { ...owner, "idempotency-key": "a" };
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.post("/v1/api-keys", shopKey, headers)));
  const refused = answers.filter(({ status }) => status !== 201);
  expect(new Set(await Promise.all(refused.map(problemOf)))).toEqual(new Set(["409 api_key_exists"]));
  expect([refused.length, (await api.database.apiKeys.live()).keys.length]).toEqual([9, 1]);
});
