import { expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

const up = async () => true;
const down = async () => false;

test("says that it lives", async () => {
  expect(await answered(200, new TestApi().get("/healthz"))).toEqual({ status: "ok" });
});

test.each([
  [up, up, 200, "ok", { database: "ok", redis: "ok" }],
  [up, down, 200, "degraded", { database: "ok", redis: "down" }],
  [down, up, 503, "unavailable", { database: "down", redis: "ok" }],
  [down, down, 503, "unavailable", { database: "down", redis: "down" }],
] as const)("with database %o and redis %o it answers %i %s", async (database, redis, status, word, checks) => {
  const health = [
    { name: "database", required: true, ok: database },
    { name: "redis", required: false, ok: redis },
  ];
  expect(await answered(status, new TestApi({ health }).get("/readyz"))).toEqual({ status: word, checks });
});
