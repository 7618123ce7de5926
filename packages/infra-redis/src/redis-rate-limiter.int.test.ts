import { randomUUID } from "node:crypto";
import { type Allowance, OutageLog, type RateLimiter } from "@holdfast/engine";
import { type RedisService, startRedis } from "@holdfast/test-services";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from "vitest";
import { RedisRateLimiter } from "./redis-rate-limiter.ts";
import { openForTest, until } from "./test-redis.ts";

/** The process's own answer, with a remainder that Redis never gives. */
const alone: Allowance = { allowed: true, remaining: -1, resetMs: 0 };
const fallback: RateLimiter = { take: async () => alone };

/** Longer than any answer takes, on a machine that is busy with other tests. */
const patientMs = 10_000;

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
  for (let n = 0; n < 1_000; n += 1) expect(await limiter.take("shop", 4)).toEqual(alone);
  await redis.restart();
  await until(() => counts(limiter));
  expect(lines.length).toBeLessThanOrEqual(4);
});

test("waits for a frozen Redis once, then lets one request a second try it", async () => {
  const plain = new Redis(redis.url);
  plain.on("error", () => {});
  onTestFinished(() => plain.disconnect());
  let now = 0;
  const log = new OutageLog({ warn: () => {} }, { failing: "", over: "" });
  const limiter = new RedisRateLimiter(plain, { prefix: `test-${randomUUID()}`, fallback, log, now: () => now });
  await until(() => counts(limiter));
  await redis.pause();
  onTestFinished(() => redis.resume());

  const sent = vi.spyOn(plain, "sendCommand");
  const asked = async (requests: number) => {
    const before = sent.mock.calls.length;
    const taken = await Promise.all(Array.from({ length: requests }, () => limiter.take("shop", 4)));
    expect(taken).toEqual(taken.map(() => alone));
    return sent.mock.calls.length - before;
  };
  expect(await asked(5)).toBe(5); // the failure is not known yet
  now += 999;
  expect(await asked(1_000)).toBe(0);
  now += 1;
  expect(await asked(1_000)).toBe(1);
  expect(await asked(1_000)).toBe(0);

  await redis.resume();
  await until(async () => {
    now += 1_000;
    return await counts(limiter);
  });
});
