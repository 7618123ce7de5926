import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { answered, TestApi, tea } from "../test-api.ts";

async function openApi(): Promise<TestApi> {
  const api = new TestApi();
  await answered(201, api.post("/v1/products", tea));
  return api;
}

async function placed(api: TestApi): Promise<string> {
  const { id } = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }));
  return id as string;
}

describe("a single entity", () => {
  test("is answered 304 without a body while it is as the client has it, and anew once it has changed", async () => {
    const api = await openApi();
    const path = `/v1/orders/${await placed(api)}`;
    const first = await api.get(path);
    const tag = first.headers.get("etag") ?? "";
    expect([first.status, tag, first.headers.get("cache-control")]).toEqual([
      200,
      expect.stringMatching(/^"[0-9a-f]{40}"$/),
      "private, no-cache",
    ]);

    const again = await api.get(path, { "if-none-match": tag });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);

    await answered(200, api.post(`${path}/confirm`));
    const changed = await api.get(path, { "if-none-match": tag });
    expect([changed.status, changed.headers.get("etag") === tag]).toEqual([200, false]);
  });

  test("that is not there is kept by no cache, and has no tag", async () => {
    const response = await (await openApi()).get("/v1/products/cup");
    const { headers } = response;
    expect([response.status, headers.get("cache-control"), headers.get("etag")]).toEqual([404, "no-store", null]);
  });
});

describe("a list", () => {
  const packed = { "accept-encoding": "gzip, deflate, br" };

  test("is kept by no cache, and comes as it is while it is short", async () => {
    const { headers } = await (await openApi()).get("/v1/products", packed);
    expect([headers.get("cache-control"), headers.get("content-encoding")]).toEqual(["no-store", null]);
  });

  test("comes compressed where it is long and the client takes it so, and says the same", async () => {
    const api = new TestApi();
    for (let n = 0; n < 60; n += 1) await answered(201, api.post("/v1/products", { ...tea, sku: `tea-${n}` }));
    const plain = await api.get("/v1/products?limit=200");
    const response = await api.get("/v1/products?limit=200", packed);
    expect([response.headers.get("content-encoding"), plain.headers.get("content-encoding")]).toEqual(["gzip", null]);
    expect(response.headers.get("vary")).toContain("Accept-Encoding");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toBe(await plain.text());
  });
});

test("a stream is not compressed, and says itself what may be kept", async () => {
  const { headers, body } = await (await openApi()).get("/v1/events/stream", { "accept-encoding": "gzip" });
  await body?.cancel();
  expect([headers.get("content-encoding"), headers.get("cache-control")]).toEqual([null, "no-cache"]);
});
