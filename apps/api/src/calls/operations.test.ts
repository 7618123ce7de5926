import type { Actor } from "@holdfast/domain";
import { expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

const up = async () => undefined;
const full = async () => "the database cannot be written: its disk is full";
const away = async () => "Redis cannot be reached";
const troubles = { database: await full(), redis: await away() };

test("says that it lives", async () => {
  expect(await answered(200, new TestApi().get("/healthz"))).toEqual({ status: "ok" });
});

test.each([
  [up, up, 200, { status: "ok", checks: { database: "ok", redis: "ok" } }],
  [
    up,
    away,
    200,
    { status: "degraded", checks: { database: "ok", redis: "down" }, troubles: { redis: troubles.redis } },
  ],
  [
    full,
    up,
    503,
    { status: "unavailable", checks: { database: "down", redis: "ok" }, troubles: { database: troubles.database } },
  ],
  [full, away, 503, { status: "unavailable", checks: { database: "down", redis: "down" }, troubles }],
] as const)("with database %o and redis %o it answers %i", async (database, redis, status, answer) => {
  const health = [
    { name: "database", required: true, trouble: database },
    { name: "redis", required: false, trouble: redis },
  ];
  expect(await answered(status, new TestApi({ health }).get("/readyz"))).toEqual(answer);
});

test("shows its requests in figures, under the template of their route", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.placeOrder();
  await api.placeOrder(99).catch(() => {});
  for (const path of ["/v1/orders/ord_none", "/v1/orders/ord_other", "/v1/nothing", "/elsewhere", "/v1/products/tea"]) {
    await api.get(path);
  }
  const answer = await api.get("/metrics");
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = (await answer.text()).split("\n");
  const counted = lines.filter((line) => line.startsWith("holdfast_http_request_duration_seconds_count"));
  expect(counted.map((line) => line.slice("holdfast_http_request_duration_seconds_count".length)).sort()).toEqual([
    '{method="GET",route="/v1/orders/{id}",status="404"} 2',
    '{method="GET",route="/v1/products/{sku}",status="200"} 1',
    '{method="GET",route="none",status="404"} 2',
    '{method="POST",route="/v1/orders",status="201"} 1',
    '{method="POST",route="/v1/orders",status="409"} 1',
    '{method="POST",route="/v1/products",status="201"} 1',
  ]);
});

test("counts a request without a key under its route, and asks for none to show that", async () => {
  const api = new TestApi({ settings: { apiKeys: new Map([["secret-of-the-warehouse", "warehouse" as Actor]]) } });
  await api.get("/v1/orders/ord_1");
  expect(await (await api.get("/metrics")).text()).toContain(
    'holdfast_http_request_duration_seconds_count{method="GET",route="/v1/orders/{id}",status="401"} 1\n',
  );
});
