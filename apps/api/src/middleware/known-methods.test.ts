import { expect, test } from "vitest";
import { problemOf, TestApi } from "../test-api.ts";

const key = "s3cret-of-the-storefront";

test.each([
  ["DELETE", "/v1/products", "GET, HEAD, OPTIONS, POST"],
  ["PUT", "/v1/products/tea", "GET, HEAD, OPTIONS, PATCH"],
  ["GET", "/v1/orders/ord_1/confirm", "OPTIONS, POST"],
  ["HEAD", "/v1/orders/ord_1/cancel", "OPTIONS, POST"],
  ["POST", "/v1/events", "GET, HEAD, OPTIONS"],
  ["POST", "/v1/orders/ord_1", "GET, HEAD, OPTIONS, PATCH"],
  ["TRACE", "/v1/orders", "GET, HEAD, OPTIONS, POST"],
  ["POST", "/healthz", "GET, HEAD, OPTIONS"],
  ["POST", "/metrics", "GET, HEAD, OPTIONS"],
  ["DELETE", "/openapi.json", "GET, HEAD, OPTIONS"],
  ["POST", "/docs", "GET, HEAD, OPTIONS"],
])("%s %s is not allowed, and Allow says %s, to everyone", async (method, path, allow) => {
  const api = new TestApi({ settings: { apiKeys: new Map([[key, "shop" as never]]) } });
  const response = await api.app.request(path, { method: method === "TRACE" ? "TRAC" : method });
  expect([response.headers.get("allow"), response.status]).toEqual([allow, 405]);
  if (method !== "HEAD") expect(await problemOf(response)).toBe("405 method_not_allowed");
});

test.each(["/v1/orders", "/healthz"])(
  "OPTIONS of %s says what there is, without an origin and without a key",
  async (path) => {
    const api = new TestApi({ settings: { apiKeys: new Map([[key, "shop" as never]]) } });
    const response = await api.send("OPTIONS", path, undefined, {});
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toMatch(/^GET, HEAD, OPTIONS/);
  },
);

test.each(["GET", "POST", "OPTIONS", "DELETE"])("%s of a path that is not there is 404", async (method) => {
  expect(await problemOf(await new TestApi().send(method, "/v1/nothing", undefined, {}))).toBe("404 not_found");
});

/** Sends a preflight, as a browser does. @returns the methods and headers of the answer, and for how long they hold */
async function preflight(path: string) {
  const api = new TestApi({ settings: { corsOrigins: ["https://shop.example"] } });
  const response = await api.send("OPTIONS", path, undefined, {
    origin: "https://shop.example",
    "access-control-request-method": "DELETE",
    "access-control-request-headers": "x-anything",
  });
  const allowed = ["methods", "headers"].map((what) => response.headers.get(`access-control-allow-${what}`));
  return [response.status, ...allowed, response.headers.get("access-control-max-age")];
}

const always = "Authorization,Content-Type,X-Request-Id";

test.each([
  ["/v1/orders", "GET,HEAD,OPTIONS,POST", `${always},idempotency-key,order-token`],
  ["/v1/products/tea", "GET,HEAD,OPTIONS,PATCH", `${always},if-none-match,if-match`],
  ["/v1/events/stream", "GET,HEAD,OPTIONS", `${always},last-event-id`],
])("a preflight of %s names what the path has, and nothing else", async (path, methods, headers) => {
  expect(await preflight(path)).toEqual([204, methods, headers, "7200"]);
});

test("a preflight of a path that is not there is 404, and allows nothing", async () => {
  expect(await preflight("/v1/nothing")).toEqual([404, null, null, null]);
});
