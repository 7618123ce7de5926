import type { Instant } from "@holdfast/domain";
import { expect, inject, onTestFinished, test } from "vitest";
import { listenForTest, openForTest, until } from "./test-redis.ts";

test("a thousand holds of one second are one job, and those of three processes too", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const others = [await openForTest(inject("redisUrl"), prefix), await openForTest(inject("redisUrl"), prefix)];
  const second = Math.ceil(Date.now() / 1_000) * 1_000 + 60_000;
  const instants = Array.from({ length: 1_000 }, (_, index) => (second + index) as Instant);
  for (const { wakeups } of [opened, ...others.map((other) => other.opened)]) {
    wakeups.arm(instants);
    for (const instant of instants) wakeups.arm([instant]);
    wakeups.arm([(second + 1_000) as Instant]);
  }
  const jobs = () => plain.zrange(`${prefix}:expiry:delayed`, "0", "-1");
  await until(async () => (await jobs()).length === 2);
  // This answer comes behind everything that is still on its way.
  expect(await Promise.all([opened, ...others.map((other) => other.opened)].map((each) => each.health()))).toEqual([
    "stuck",
    "stuck",
    "stuck",
  ]);
  expect(await jobs()).toEqual([`due-${second / 1_000}`, `due-${second / 1_000 + 1}`]);
});

test("the wake-up comes as the second begins, and leaves nothing behind", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const wokenAt = await listenForTest(opened);
  const due = Date.now() + 2_500;
  opened.wakeups.arm([due as Instant]);
  await until(() => wokenAt.length === 1);
  const second = Math.floor(due / 1_000) * 1_000;
  expect(wokenAt[0]).toBeGreaterThanOrEqual(second - 5);
  expect(wokenAt[0]).toBeLessThan(second + 1_000);
  await until(async () => (await plain.keys(`${prefix}:expiry:due-*`)).length === 0);
});

test("a second that has begun or gone wakes at once, also when it was armed before", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const wokenAt = await listenForTest(opened);
  const past = (Date.now() - 5_000) as Instant;
  opened.wakeups.arm([past]);
  await until(() => wokenAt.length === 1);
  // BullMQ drops a repeat while the job is under way.
  await until(async () => (await plain.keys(`${prefix}:expiry:due-*`)).length === 0);
  opened.wakeups.arm([past]);
  await until(() => wokenAt.length === 2);
});

test("two listeners share the wake-ups: every second wakes one of them", async () => {
  const { opened, prefix } = await openForTest(inject("redisUrl"));
  const other = await openForTest(inject("redisUrl"), prefix);
  const woken = [await listenForTest(opened), await listenForTest(other.opened)];
  const start = Math.ceil(Date.now() / 1_000) * 1_000;
  const seconds = [1, 2, 3, 4].map((ahead) => start + ahead * 1_000);
  opened.wakeups.arm(seconds as Instant[]);
  other.opened.wakeups.arm(seconds as Instant[]);
  await until(() => woken.flat().length === 4);
  expect(woken.flat().map((at) => Math.floor(at / 1_000) * 1_000)).toEqual(expect.arrayContaining(seconds));
});

test("a canary distinguishes a queue that is served from one that is not", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  expect(await opened.health()).toBe("stuck");
  // A canary that no worker took must not wait for a later one.
  expect(await plain.keys(`${prefix}:expiry:canary-*`)).toEqual([]);

  const stop = await opened.listener().listen(async () => {});
  await until(async () => (await opened.health()) === "ok");
  await stop();
  expect(await opened.health()).toBe("stuck");
});

test("a long call does not hold up the next wake-up, and stopping waits for it", async () => {
  const { opened } = await openForTest(inject("redisUrl"));
  const calls = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let begun = 0;
  let stopped = false;
  const stop = await opened.listener().listen(() => {
    begun += 1;
    return calls[begun - 1]?.promise ?? Promise.resolve();
  });
  opened.wakeups.arm([(Date.now() - 2_000) as Instant, (Date.now() - 4_000) as Instant]);
  await until(() => begun === 2);
  const stopping = stop().then(() => {
    stopped = true;
  });
  calls[0]?.resolve();
  // It takes no more wake-ups now, and one call is still under way.
  await until(async () => (await opened.health()) === "stuck");
  expect(stopped).toBe(false);
  calls[1]?.resolve();
  await stopping;
});

test("a call that fails leaves the listener at work", async () => {
  const { opened } = await openForTest(inject("redisUrl"));
  let calls = 0;
  const stop = await opened.listener().listen(async () => {
    calls += 1;
    throw new Error("the sweep has a bug");
  });
  onTestFinished(stop);
  opened.wakeups.arm([(Date.now() - 2_000) as Instant]);
  await until(() => calls === 1);
  // Another second: the first one's job may not be over yet, and BullMQ would drop a repeat of it.
  opened.wakeups.arm([(Date.now() - 5_000) as Instant]);
  await until(() => calls === 2);
});
