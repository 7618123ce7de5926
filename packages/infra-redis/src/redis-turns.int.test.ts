import { randomUUID } from "node:crypto";
import type { Turn } from "@holdfast/engine";
import { startRedis } from "@holdfast/test-services";
import { expect, inject, onTestFinished, test } from "vitest";
import type { OpenedRedis } from "./open-redis.ts";
import { openForTest, until } from "./test-redis.ts";

const url = inject("redisUrl");

/** Takes a turn, retrying until its connection is ready. */
async function firstTurn({ turns }: OpenedRedis): Promise<Turn> {
  let turn: Turn | undefined;
  await until(async () => {
    turn = await turns.take();
    return turn !== undefined;
  });
  if (turn === undefined) throw new Error("there is no turn");
  return turn;
}

/** `count` connected processes, each of which has had a turn. */
async function processes(count: number, redisUrl = url) {
  const prefix = `test-${randomUUID()}`;
  const tested = await Promise.all(Array.from({ length: count }, () => openForTest(redisUrl, prefix)));
  for (const { opened } of tested) (await firstTurn(opened)).done();
  const [{ plain } = { plain: undefined }] = tested;
  if (plain === undefined) throw new Error("there is no process");
  return { lanes: tested.map(({ opened }) => opened.turns), plain, prefix };
}

test("one at a time, in the order of asking, each turn with the next number", async () => {
  const { lanes, plain } = await processes(4);
  const [first, ...others] = lanes;
  const held = await first?.take();
  const served: string[] = [];
  let holding = 0;
  const blocked = async () => Number(/blocked_clients:(\d+)/.exec(await plain.info("clients"))?.[1]);
  const before = await blocked();
  const waits: Promise<void>[] = [];
  for (const [index, lane] of others.entries()) {
    waits.push(
      lane.take().then(async (turn) => {
        holding += 1;
        served.push(`lane ${index}, ${(turn?.number ?? 0) - (held?.number ?? 0)} turns on, ${holding} at once`);
        await new Promise((resolve) => setImmediate(resolve));
        holding -= 1;
        turn?.done();
      }),
    );
    await until(async () => (await blocked()) - before === index + 1);
  }
  held?.done();
  await Promise.all(waits);
  expect(served).toEqual([0, 1, 2].map((index) => `lane ${index}, ${index + 1} turns on, 1 at once`));
});

test("numbers its turns without a gap where no other process comes between", async () => {
  const { lanes } = await processes(1);
  const numbers: (number | undefined)[] = [];
  for (let n = 0; n < 5; n += 1) {
    const turn = await lanes[0]?.take();
    numbers.push(turn?.number);
    turn?.done();
  }
  const first = numbers[0] ?? 0;
  expect(numbers).toEqual([0, 1, 2, 3, 4].map((n) => first + n));
});

test("goes on without a turn after waiting too long; the turn of a dead process runs out", async () => {
  const { lanes } = await processes(2);
  const [died, other] = lanes;
  expect(await died?.take()).toBeDefined();
  const start = performance.now();
  expect(await other?.take()).toBeUndefined();
  expect(performance.now() - start).toBeGreaterThanOrEqual(1_000);
  await until(async () => (await other?.take()) !== undefined);
  expect(performance.now() - start).toBeGreaterThan(1_500);
});

test("one that was too slow does not end the turn of the next", async () => {
  const { lanes, plain, prefix } = await processes(2);
  const slow = await lanes[0]?.take();
  await plain.del(`${prefix}:turn:taken`); // as when its time has run out
  slow?.done();
  const next = await lanes[1]?.take();
  expect(next).toBeDefined();
  expect([await plain.llen(`${prefix}:turn:free`), await plain.llen(`${prefix}:turn:taken`)]).toEqual([0, 1]);
});

test("FLUSHALL loses no more than one turn", async () => {
  const { lanes, plain, prefix } = await processes(1);
  const turn = await lanes[0]?.take();
  await plain.del(`${prefix}:turn:free`, `${prefix}:turn:taken`, `${prefix}:turn:count`);
  turn?.done();
  expect(await lanes[0]?.take()).toMatchObject({ number: 1 });
});

test("Redis gone: no turn, at once, and turns again when it is back", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const { lanes } = await processes(1, redis.url);
  await redis.kill();
  await until(async () => {
    const start = performance.now();
    return (await lanes[0]?.take()) === undefined && performance.now() - start < 100;
  });
  await redis.restart();
  await until(async () => (await lanes[0]?.take()) !== undefined);
});
