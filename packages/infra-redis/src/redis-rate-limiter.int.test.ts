import type { Allowance, RateLimiter } from "@holdfast/engine";
import { type RedisService, startRedis } from "@holdfast/test-services";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { openForTest, until } from "./test-redis.ts";

/** What the process itself would say: known by a remainder that Redis never gives. */
const alone: Allowance = { allowed: true, remaining: -1, resetMs: 0 };
const fallback: RateLimiter = { take: async () => alone };

/** Longer than any answer takes, on a machine that is busy with other tests. */
const patientMs = 10_000;

/** Had each of a thousand requests waited for Redis, they would have taken 50 s. */
const thousandMsMax = 5_000;

/** Whether Redis counts. */
async function counts(limiter: RateLimiter): Promise<boolean> {
  return (await limiter.take("shop", 4)).remaining !== alone.remaining;
}

let redis: RedisService;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test("counts for all processes together, and begins anew within a second", async () => {
  const { opened, prefix, plain } = await openForTest(inject("redisUrl"));
  const other = await openForTest(inject("redisUrl"), prefix);
  const [here, there] = [opened, other.opened].map((each) => each.rateLimiter(fallback, patientMs)) as [
    RateLimiter,
    RateLimiter,
  ];
  const taken = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? here : there).take("shop", 4)));
  expect(taken.map(({ remaining }) => remaining).sort()).toEqual([0, 0, 0, 1, 2, 3]);
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(4);
  expect(taken.every(({ resetMs }) => resetMs > 0 && resetMs <= 1_000)).toBe(true);
  expect(await here.take("till", 4)).toMatchObject({ allowed: true, remaining: 3 });
  expect(await plain.pttl(`${prefix}:rate:shop`)).toBeLessThanOrEqual(1_000);
  await until(async () => (await plain.exists(`${prefix}:rate:shop`)) === 0);
  expect(await there.take("shop", 4)).toMatchObject({ allowed: true, remaining: 3 });
});

test("asks the process itself while Redis is gone, at once, and Redis again when it is back", async () => {
  const { opened, lines } = await openForTest(redis.url);
  const limiter = opened.rateLimiter(fallback);
  await until(() => counts(limiter));
  await redis.kill();
  await until(() => !opened.reachable);
  const start = performance.now();
  for (let n = 0; n < 1_000; n += 1) expect(await limiter.take("shop", 4)).toEqual(alone);
  expect(performance.now() - start).toBeLessThan(thousandMsMax);
  await redis.restart();
  await until(() => counts(limiter));
  expect(lines.length).toBeLessThanOrEqual(4);
});

test("waits for a frozen Redis once, not once a request", async () => {
  const { opened } = await openForTest(redis.url);
  const limiter = opened.rateLimiter(fallback);
  await until(() => counts(limiter));
  await redis.pause();
  onTestFinished(() => redis.resume());
  expect(await Promise.all(Array.from({ length: 100 }, () => limiter.take("shop", 4)))).toEqual(Array(100).fill(alone));
  const start = performance.now();
  for (let n = 0; n < 1_000; n += 1) expect(await limiter.take("shop", 4)).toEqual(alone);
  expect(performance.now() - start).toBeLessThan(thousandMsMax);
  await redis.resume();
  await until(() => counts(limiter));
});
