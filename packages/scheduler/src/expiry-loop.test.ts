import { expect, test } from "vitest";
import { ExpiryLoop } from "./expiry-loop.ts";
import type { Sweep, SweepReport } from "./expiry-sweep.ts";
import { TestLogger } from "./test-shop.ts";
import { VirtualTimers } from "./virtual-timers.ts";

const nothing: SweepReport = { released: 0, lateMsMax: 0, lookAgainMs: undefined };

function setUp(sweep: (sweepNumber: number) => Promise<SweepReport> | SweepReport, intervalMs = 5_000) {
  const time = new VirtualTimers();
  const logger = new TestLogger();
  const sweptAt: number[] = [];
  const counted: Sweep = async () => {
    sweptAt.push(time.now());
    return await sweep(sweptAt.length);
  };
  const loop = new ExpiryLoop({ sweep: counted, logger, intervalMs, timers: time });
  // A sweep of these tests is over after a few turns of the event loop.
  time.settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { time, logger, loop, sweptAt };
}

test("sweeps as it starts, and then once an interval", async () => {
  const { time, loop, sweptAt } = setUp(() => nothing);
  loop.start();
  await time.pass(15_000);
  expect(sweptAt).toEqual([0, 5_000, 10_000, 15_000]);
});

test("counts the interval from when a sweep began, however long it took", async () => {
  const { time, loop, sweptAt } = setUp((number) => {
    if (number === 1) time.spend(3_000);
    return nothing;
  });
  loop.start();
  await time.pass(2_000);
  expect(sweptAt).toEqual([0, 5_000]);
});

test("looks again when the next hold runs out, if that is sooner than the next round", async () => {
  const lookAgain = [300, 60_000, undefined];
  const { time, loop, sweptAt } = setUp((number) => ({ ...nothing, lookAgainMs: lookAgain[number - 1] }));
  loop.start();
  await time.pass(10_000);
  expect(sweptAt).toEqual([0, 300, 5_300]);
});

test("never looks again at once, so that holds which end close together share a sweep", async () => {
  const { time, loop, sweptAt } = setUp(() => ({ ...nothing, lookAgainMs: -3 }));
  loop.start();
  await time.pass(99);
  expect(sweptAt).toEqual([0, 20, 40, 60, 80]);
});

test("a trigger sweeps at once, and the round counts from there", async () => {
  const { time, loop, sweptAt } = setUp(() => nothing);
  loop.start();
  await time.pass(2_000);
  await loop.trigger();
  await time.pass(5_000);
  expect(sweptAt).toEqual([0, 2_000, 7_000]);
});

test("triggers during a sweep make one more, after it, and are answered by that one", async () => {
  const gates = [Promise.withResolvers<SweepReport>(), Promise.withResolvers<SweepReport>()];
  const { time, loop, sweptAt } = setUp((number) => gates[number - 1]?.promise ?? nothing);
  const answered: string[] = [];
  void loop.trigger().then(() => answered.push("first"));
  for (let i = 0; i < 100; i += 1) void loop.trigger().then(() => answered.push("during"));
  await time.settled();
  expect(sweptAt).toHaveLength(1);
  gates[0]?.resolve(nothing);
  await time.settled();
  expect(sweptAt).toHaveLength(2);
  expect(answered).toEqual(["first"]);
  gates[1]?.resolve(nothing);
  await time.settled();
  expect(sweptAt).toHaveLength(2);
  expect(answered).toHaveLength(101);
});

test("sweeps that fail are one line in ten seconds, and the next round comes", async () => {
  const { time, loop, sweptAt, logger } = setUp((number) => {
    if (number < 3) throw new Error("the store is away");
    return { ...nothing, released: 7 };
  });
  loop.start();
  await time.pass(10_000);
  expect(sweptAt).toEqual([0, 5_000, 10_000]);
  expect(logger.lines).toHaveLength(1);
  expect(loop.totals).toEqual({ sweeps: 1, failedSweeps: 2, released: 7, sinceSweptMs: 0 });
});

test("stopping waits for the sweep under way, and nothing comes after", async () => {
  const gate = Promise.withResolvers<SweepReport>();
  const { time, loop, sweptAt } = setUp(() => gate.promise);
  const answered: string[] = [];
  void loop.trigger().then(() => answered.push("under way"));
  void loop.trigger().then(() => answered.push("waiting"));
  void loop.stop().then(() => answered.push("stopped"));
  await time.settled();
  expect(answered).toEqual([]);
  gate.resolve({ ...nothing, lookAgainMs: 10 });
  await time.settled();
  expect(answered).toEqual(["under way", "waiting", "stopped"]);
  await loop.trigger();
  await time.pass(60_000);
  expect(sweptAt).toHaveLength(1);
  expect(time.waiting).toBe(0);
});
