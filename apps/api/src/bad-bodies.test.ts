import { describe, expect, test } from "vitest";
import { expectRefusal, id, long, malformed } from "./untouchable-shop.ts";

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
  "/v1/reconciliation/corrections",
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

test("does not take bytes that are no UTF-8", async () => {
  const body = Buffer.from('{"lines": [{"sku": "tea", "quantity": 1}], "customerId": "ann\xff"}', "latin1");
  const headers = { "content-type": "application/json" };
  await expectRefusal((api) => api.send("POST", "/v1/orders", body, headers), malformed);
});
