import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { problemOf, TestApi } from "./test-api.ts";
import { cart } from "./untouchable-shop.ts";

const json = { "content-type": "application/json" };

describe("an empty body that is said to be JSON", () => {
  test.each(["confirm", "cancel"])("is no body where it may be left out: %s", async (what) => {
    const api = new TestApi();
    await api.createProduct();
    const id = await api.placeOrder();
    for (const headers of [
      json,
      { ...json, "content-length": "0" },
      { "content-type": "application/json; charset=utf-8" },
    ]) {
      const response = await api.send("POST", `/v1/orders/${id}/${what}`, "", headers);
      expect([response.status, ((await response.json()) as { id: string }).id]).toEqual([200, id]);
    }
  });

  test("is no body for the revocation of a key either", async () => {
    const api = new TestApi();
    const response = await api.send("POST", "/v1/api-keys/key_none/revoke", "", json);
    expect(await problemOf(response)).toBe("404 api_key_not_found");
  });

  test.each(["/v1/products", "/v1/orders", "/v1/stock-adjustments", "/v1/api-keys", "/v1/reconciliation/corrections"])(
    "is refused in plain words where a body is needed: %s",
    async (path) => {
      for (const [body, headers] of [
        ["", json],
        [undefined, {}],
      ] as const) {
        const response = await new TestApi().send("POST", path, body, headers);
        expect(await response.json()).toMatchObject({
          code: "malformed_request",
          detail: "This call needs a body in JSON.",
        });
      }
    },
  );
});

describe("a body that is packed", () => {
  test.each(["gzip", "GZIP", "br", "deflate", "zstd", "identity, gzip"])(
    "as %s is refused, and what is taken is said",
    async (encoding) => {
      const api = new TestApi();
      await api.createProduct();
      const headers = { ...json, "content-encoding": encoding };
      const response = await api.send("POST", "/v1/orders", new Uint8Array(gzipSync(JSON.stringify(cart))), headers);
      expect(response.headers.get("accept-encoding")).toBe("identity");
      expect(await problemOf(response)).toBe("415 unsupported_encoding");
      expect(await api.stock()).toBe("10/0/0/10");
    },
  );

  test.each(["gzip, chunked", "GZIP,Chunked"])("on its way, as %s, is refused too", async (encoding) => {
    const headers = { ...json, "transfer-encoding": encoding };
    const response = await new TestApi().send("POST", "/v1/orders", JSON.stringify(cart), headers);
    expect(await problemOf(response)).toBe("415 unsupported_encoding");
  });

  test("in chunks is taken", async () => {
    const api = new TestApi();
    await api.createProduct();
    const headers = { ...json, "transfer-encoding": "Chunked" };
    expect((await api.send("POST", "/v1/orders", JSON.stringify(cart), headers)).status).toBe(201);
  });

  test("as itself is taken", async () => {
    const api = new TestApi();
    await api.createProduct();
    const headers = { ...json, "content-encoding": "identity" };
    expect((await api.send("POST", "/v1/orders", JSON.stringify(cart), headers)).status).toBe(201);
  });
});

test.each([
  ["application/json; charset=utf-8", 201],
  ['application/json; charset="UTF-8"', 201],
  ["application/json;charset=utf8", 201],
  ["application/json; charset=utf-16", 415],
  ["application/json; charset=latin1", 415],
])("a body of type %s is answered %i", async (type, status) => {
  const api = new TestApi();
  await api.createProduct();
  const response = await api.send("POST", "/v1/orders", JSON.stringify(cart), { "content-type": type });
  expect(response.status).toBe(status);
});
