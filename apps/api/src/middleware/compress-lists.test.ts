import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { answered, TestApi, tea } from "../test-api.ts";

async function openApi(): Promise<TestApi> {
  const api = new TestApi();
  await answered(201, api.post("/v1/products", tea));
  return api;
}

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
  expect([headers.get("content-encoding"), headers.get("cache-control")]).toEqual([null, "no-store"]);
});
