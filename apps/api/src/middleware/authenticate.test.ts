import type { Actor } from "@holdfast/domain";
import { Unavailable } from "@holdfast/engine";
import { describe, expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

const key = "secret-of-the-warehouse";
const settings = { apiKeys: new Map([[key, "warehouse" as Actor]]) };

const empty = new TestApi({ settings });

/** Every route below `/v1`, and what it answers to who may ask it in an empty shop. */
const routes = [
  ["POST", "/v1/products", 415],
  ["GET", "/v1/products", 200],
  ["GET", "/v1/products/tea", 404],
  ["POST", "/v1/orders", 415],
  ["GET", "/v1/orders", 200],
  ["GET", "/v1/orders/ord_1", 404],
  ["POST", "/v1/orders/ord_1/confirm", 415],
  ["POST", "/v1/orders/ord_1/cancel", 415],
  ["GET", "/v1/reservations", 200],
  ["GET", "/v1/reservations/res_1", 404],
  ["POST", "/v1/stock-adjustments", 415],
  ["GET", "/v1/stock-movements?sku=tea", 404],
  ["GET", "/v1/reconciliation", 200],
  ["POST", "/v1/api-keys", 415],
  ["GET", "/v1/api-keys", 200],
  ["POST", "/v1/api-keys/key_1/revoke", 415],
  ["POST", "/v1/reconciliation/corrections", 415],
  ["GET", "/v1/stock-levels/tea/main/explain", 404],
  ["GET", "/v1/nothing", 404],
] as const;

const unauthorized = "401 unauthorized";

describe.each(routes)("%s %s", (method, path, status) => {
  const body = method === "POST" ? "sku=tea" : undefined;

  test.each([
    ["no key", {}, unauthorized],
    ["an empty header", { authorization: "" }, unauthorized],
    ["the scheme alone", { authorization: "Bearer" }, unauthorized],
    ["an empty key", { authorization: "Bearer " }, unauthorized],
    ["another key", { authorization: "Bearer secret-of-someone-else" }, unauthorized],
    ["the start of a key", { authorization: `Bearer ${key.slice(0, -1)}` }, unauthorized],
    ["a key and more", { authorization: `Bearer ${key}0` }, unauthorized],
    ["a key and another word", { authorization: `Bearer ${key} more` }, unauthorized],
    ["the key in capitals", { authorization: `Bearer ${key.toUpperCase()}` }, unauthorized],
    ["the key's name", { authorization: "Bearer warehouse" }, unauthorized],
    ["the key without a scheme", { authorization: key }, unauthorized],
    ["another scheme", { authorization: `Basic ${key}` }, unauthorized],
  ])("turns away %s", async (_what, headers, outcome) => {
    const response = await empty.send(method, path, body, headers);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="holdfast"');
    expect(await problemOf(response)).toBe(outcome);
  });

  test.each(["Bearer", "bearer", "BEARER"])("lets in the right key after %s", async (scheme) => {
    const response = await empty.send(method, path, body, { authorization: `${scheme} ${key}` });
    expect(response.status).toBe(status);
  });
});

test.each(["/healthz", "/readyz", "/openapi.json", "/docs", "/docs/start.js", "/docs/assets/swagger-ui.css"])(
  "GET %s asks for no key",
  async (path) => {
    expect((await empty.get(path)).status).toBe(200);
  },
);

test("acts under the key's name", async () => {
  const api = new TestApi({ settings });
  const headers = { authorization: `Bearer ${key}` };
  await answered(201, api.post("/v1/products", tea, headers));
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea", headers));
  expect(data).toMatchObject([{ actor: "warehouse" }]);
});

test("lets everybody in where there are no keys", async () => {
  expect((await new TestApi().get("/v1/products")).status).toBe(200);
});

test("says that it cannot tell, and not that a key is wrong, while the database is away", async () => {
  const { apiKeys } = new TestApi().database;
  const live = () => Promise.reject(new Unavailable("the database is away"));
  const api = new TestApi({ settings, apiKeys: { ...apiKeys, live } });
  const asked = (secret: string) => api.get("/v1/orders", { authorization: `Bearer ${secret}` });
  const response = await asked(`hf_${"x".repeat(43)}`);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await problemOf(response)).toBe("503 unavailable");
  expect(await problemOf(await asked("not one of ours"))).toBe(unauthorized);
  expect((await asked(key)).status).toBe(200);
});
