import type { Instant, ReservationId } from "@holdfast/domain";
import { type RedisService, startRedis } from "@holdfast/test-services";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openRedis } from "./open-redis.ts";
import { record } from "./test-record.ts";
import { listenForTest, openForTest, type TestRedis, until } from "./test-redis.ts";

/** A look-up may take 150 ms; the rest is for a machine that is busy with other tests. */
const lookUpMsMax = 500;

let redis: RedisService;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const soon = () => Date.now() + 60_000;
const elsewhere = "res_elsewhere" as ReservationId;

/** Asks everything once. @returns how long the slowest answer took @throws if one throws */
async function slowestMs({ opened }: TestRedis): Promise<number> {
  const start = performance.now();
  opened.cache.note({ held: [record("lost", { expiresAt: soon() })], dropped: [elsewhere] });
  opened.wakeups.arm([soon() as Instant]);
  expect(performance.now() - start).toBeLessThan(50);
  expect(await opened.cache.find(elsewhere)).toBeUndefined();
  const found = performance.now() - start;
  expect(await opened.cache.alive([elsewhere])).toEqual(new Set());
  return Math.max(found, performance.now() - start - found);
}

async function works({ opened }: TestRedis, name: string): Promise<void> {
  const reservation = record(name, { expiresAt: soon() });
  opened.cache.note({ held: [reservation], dropped: [] });
  expect(await opened.cache.find(reservation.id)).toEqual(reservation);
}

test("after FLUSHALL it has forgotten, and goes on at once", async () => {
  const tested = await openForTest(redis.url);
  const wokenAt = await listenForTest(tested.opened);
  await until(async () => (await tested.opened.health()) === "ok");
  const reservation = record("1", { expiresAt: soon() });
  tested.opened.cache.note({ held: [reservation], dropped: [] });
  tested.opened.wakeups.arm([(Date.now() + 1_500) as Instant]);
  expect(await tested.opened.cache.find(reservation.id)).toEqual(reservation);
  await tested.plain.flushall();
  const flushedAt = Date.now();
  expect(await tested.opened.cache.find(reservation.id)).toBeUndefined();
  await works(tested, "2");
  tested.opened.wakeups.arm([(flushedAt + 3_500) as Instant]);
  await until(() => wokenAt.length > 0);
  // The first of the two was lost, and only that one.
  expect(wokenAt[0]).toBeGreaterThanOrEqual(flushedAt + 2_400);
  expect(await tested.opened.health()).toBe("ok");
});

test("killed and started again: answers stay quick, it comes back by itself, and the log stays short", async () => {
  const tested = await openForTest(redis.url);
  const wokenAt = await listenForTest(tested.opened);
  await until(async () => (await tested.opened.health()) === "ok");

  await redis.kill();
  for (let round = 0; round < 200; round += 1) expect(await slowestMs(tested)).toBeLessThan(lookUpMsMax);
  expect(await tested.opened.health()).toBe("away");
  await redis.restart();
  expect(await until(() => tested.opened.reachable)).toBeLessThan(3_000);
  await works(tested, "back");
  tested.opened.wakeups.arm([(Date.now() - 1_000) as Instant]);
  await until(() => wokenAt.length > 0);
  expect(await tested.opened.health()).toBe("ok");
  expect(tested.lines.length).toBeLessThanOrEqual(4);
});

test("what Redis lost while it was away is armed again", async () => {
  const { opened, plain, prefix } = await openForTest(redis.url);
  const due = soon() as Instant;
  const jobs = () => plain.zcard(`${prefix}:expiry:delayed`);
  opened.wakeups.arm([due]);
  await until(async () => (await jobs()) === 1);
  await plain.flushall();
  await redis.kill();
  await until(() => !opened.reachable);
  await redis.restart();
  await until(() => opened.reachable);
  expect(await jobs()).toBe(0);
  opened.wakeups.arm([due]);
  await until(async () => (await jobs()) === 1);
});

test("frozen: answers stay quick, memory stays flat, and it comes back by itself", async () => {
  const tested = await openForTest(redis.url);
  const wokenAt = await listenForTest(tested.opened);
  await until(async () => (await tested.opened.health()) === "ok");

  await redis.pause();
  onTestFinished(() => redis.resume());
  expect(await slowestMs(tested)).toBeLessThan(lookUpMsMax);
  const reservations = Array.from({ length: 1_000 }, (_, index) => record(`f${index}`, { expiresAt: soon() }));
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 1_000; round += 1) tested.opened.cache.note({ held: reservations, dropped: [elsewhere] });
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  await until(() => !tested.opened.reachable);
  expect(await tested.opened.health()).toBe("away");
  for (let round = 0; round < 200; round += 1) expect(await slowestMs(tested)).toBeLessThan(50);

  await redis.resume();
  expect(await until(() => tested.opened.reachable)).toBeLessThan(5_000);
  await works(tested, "thawed");
  tested.opened.wakeups.arm([(Date.now() - 1_000) as Instant]);
  await until(() => wokenAt.length > 0);
  expect(await tested.opened.health()).toBe("ok");
});

test("begins without Redis, closes in bounded time without it, and finds it when it comes", async () => {
  await redis.kill();
  const logger = { warn: () => {} };
  const never = openRedis({ url: redis.url, logger });
  const stopNever = await never.listener().listen(async () => {});
  expect(await never.health()).toBe("away");
  const start = performance.now();
  await stopNever();
  await never.close();
  expect(performance.now() - start).toBeLessThan(2_000);

  const opened = openRedis({ url: redis.url, logger });
  onTestFinished(() => opened.close());
  const wokenAt = await listenForTest(opened);
  await redis.restart();
  await until(() => opened.reachable);
  opened.wakeups.arm([(Date.now() - 1_000) as Instant]);
  await until(() => wokenAt.length > 0);
  expect(await opened.health()).toBe("ok");
});

test.each([
  { how: "frozen", end: () => redis.pause(), mend: () => redis.resume() },
  { how: "killed", end: () => redis.kill(), mend: () => redis.restart() },
])("closes in bounded time when Redis was there and is $how", async ({ how, end, mend }) => {
  const { opened } = await openForTest(redis.url);
  const stop = await opened.listener().listen(async () => {});
  await until(async () => (await opened.health()) === "ok");
  onTestFinished(mend);
  await end();
  if (how === "killed") await until(() => !opened.reachable);
  const start = performance.now();
  await stop();
  await opened.close();
  expect(performance.now() - start).toBeLessThan(3_000);
});

test("closing sends what was noted before", async () => {
  const tested = await openForTest(redis.url);
  const closing = openRedis({ url: redis.url, prefix: tested.prefix, logger: { warn: () => {} } });
  await until(() => closing.reachable);
  const reservations = Array.from({ length: 1_000 }, (_, index) => record(`${index}`, { expiresAt: soon() }));
  closing.cache.note({ held: reservations, dropped: [] });
  await closing.close();
  expect((await tested.opened.cache.alive(reservations.map(({ id }) => id))).size).toBe(1_000);
});
