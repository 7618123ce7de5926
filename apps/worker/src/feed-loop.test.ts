import { Unavailable } from "@holdfast/engine";
import { TestLogger } from "@holdfast/scheduler/test-shop";
import { VirtualTimers } from "@holdfast/scheduler/virtual-timers";
import { expect, test } from "vitest";
import { FeedLoop, feedLimits } from "./feed-loop.ts";

const full = feedLimits.commitsPerRound;

function setUp(stamp: (round: number) => Promise<number> | number) {
  const time = new VirtualTimers();
  const logger = new TestLogger();
  const rounds: number[] = [];
  const sequencer = {
    stamp: async (limit: number) => {
      expect(limit).toBe(full);
      rounds.push(time.now());
      return await stamp(rounds.length);
    },
  };
  // A round of these tests is over after a few turns of the event loop.
  time.settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const loop = new FeedLoop({ sequencer, logger, intervalMs: 250, timers: time });
  return { time, logger, loop, rounds };
}

test("works as it starts, and then once an interval", async () => {
  const { time, loop, rounds } = setUp(() => 3);
  loop.start();
  await time.pass(1_000);
  expect(rounds).toEqual([0, 250, 500, 750, 1_000]);
  expect(loop.totals).toEqual({ stamped: 15, failedRounds: 0 });
});

test("goes on at once while there is more to do than fits into one round", async () => {
  const { time, loop, rounds } = setUp((round) => (round <= 3 ? full : 0));
  loop.start();
  await time.pass(250);
  expect(rounds).toEqual([0, 0, 0, 0, 250]);
  expect(loop.totals.stamped).toBe(3 * full);
});

test("goes on after an outage, and takes rounds that fail and work in turn for one outage", async () => {
  const { time, loop, rounds, logger } = setUp((round) => {
    if (round < 4 || round === 6) throw new Unavailable("no primary");
    return 1;
  });
  loop.start();
  await time.pass(1_500);
  expect(rounds).toHaveLength(7);
  expect(loop.totals).toEqual({ stamped: 3, failedRounds: 4 });
  expect(logger.lines).toHaveLength(1);
});

test("stops after the round under way, however much there is left to do", async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const { time, loop, rounds } = setUp(() => promise);
  loop.start();
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await time.settled();
  expect(stopped).toBe(false);
  resolve(full);
  await stopping;
  await time.pass(1_000);
  expect([rounds, time.waiting]).toEqual([[0], 0]);
});

test("stops between two rounds, and works no more", async () => {
  const { time, loop, rounds } = setUp(() => 0);
  loop.start();
  await time.pass(100);
  await loop.stop();
  await time.pass(1_000);
  expect([rounds, time.waiting]).toEqual([[0], 0]);
});
