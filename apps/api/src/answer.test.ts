import type { Actor } from "@holdfast/domain";
import { expect, test } from "vitest";
import { TestApi, tea } from "./test-api.ts";

const apiKeys = new Map([["0123456789abcdef", "shop" as Actor]]);
const keyed = { authorization: "Bearer 0123456789abcdef" };

test("answers with these headers and no others", async () => {
  const api = new TestApi({ settings: { apiKeys, rateLimitPerSecond: 5 } });
  await api.post("/v1/products", tea, keyed);
  const placed = await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }, keyed);
  expect([...placed.headers.keys()]).toEqual([
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-request-id",
  ]);
});

test.each(["/docs", "/docs/start.js", "/healthz", "/metrics"])(
  "%s is completed as a page, with the request's id",
  async (path) => {
    const { headers } = await new TestApi().get(path, { "x-request-id": "mine" });
    expect(headers.get("x-request-id")).toBe("mine");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
  },
);

test.each([
  ["", false],
  ["two words", false],
  ["x".repeat(256), false],
  ["x".repeat(255), true],
  ["checkout-7=_", true],
])("of the request id %j it is %s that it names the request", async (id, isTaken) => {
  const { headers } = await new TestApi().get("/v1/products", { "x-request-id": id });
  expect(headers.get("x-request-id") === id).toBe(isTaken);
});
