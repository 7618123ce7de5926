import { RecordedLogger, settlingTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { BackgroundLoop, type Job, type WatchedLoop } from "./background-loop.ts";

const goesWell = "tea_time goes well again";
const failing = "tea_time failed; it goes on by itself";

/** A loop whose runs are written down as they begin; `work` is given its number, from 1. */
function setUp(work: (run: number, stop: AbortSignal) => Promise<number> | number, more: Partial<Job> = {}) {
  const time = settlingTimers();
  const logger = new RecordedLogger();
  const ranAt: number[] = [];
  const seen: string[] = [];
  const watched: WatchedLoop[] = [];
  const job: Job = {
    name: "tea_time",
    work: async (stop) => {
      ranAt.push(time.now());
      return { restMs: await work(ranAt.length, stop) };
    },
    ...more,
  };
  const loop = new BackgroundLoop(job, {
    logger,
    timers: time,
    watch: (shown) => {
      watched.push(shown);
      return (outcome, ms) => seen.push(`${outcome} ${ms}`);
    },
  });
  return { time, logger, loop, ranAt, seen, watched };
}

const away = () => {
  throw new Error("the store is away");
};

test("runs as it starts, and again when the rest that a run asks for is over", async () => {
  const rests = [300, 60_000, 0];
  const { time, loop, ranAt } = setUp((run) => rests[run - 1] ?? Number.POSITIVE_INFINITY);
  loop.start();
  await time.pass(100_000);
  expect(ranAt).toEqual([0, 300, 60_300, 60_300]);
});

test("counts the rest from the end of a run", async () => {
  const { time, loop, ranAt } = setUp(() => {
    time.spend(3_000);
    return 1_000;
  });
  loop.start();
  await time.pass(4_000);
  expect(ranAt).toEqual([0, 4_000]);
});

test("with an endless rest it runs when it is triggered, and only then", async () => {
  const { time, loop, ranAt } = setUp(() => Number.POSITIVE_INFINITY);
  loop.start();
  await time.pass(2_000);
  expect(time.waiting).toBe(0);
  await loop.trigger();
  await time.pass(60_000);
  expect(ranAt).toEqual([0, 2_000]);
});

test("a trigger runs it at once, and the rest counts from there", async () => {
  const { time, loop, ranAt } = setUp(() => 5_000);
  loop.start();
  await time.pass(2_000);
  await loop.trigger();
  await time.pass(5_000);
  expect(ranAt).toEqual([0, 2_000, 7_000]);
});

test("a run that is wanted within some time comes no later than then, and no later than it would have come", async () => {
  const { time, loop, ranAt } = setUp(() => 5_000);
  loop.within(300);
  loop.within(700);
  await time.pass(1_300);
  loop.within(60_000);
  loop.within(700);
  await time.pass(700);
  expect([ranAt, time.waiting]).toEqual([[300, 2_000], 1]);
});

test("a run that is wanted soon during a run comes after it", async () => {
  const gate = Promise.withResolvers<number>();
  const { time, loop, ranAt } = setUp((run) => (run === 1 ? gate.promise : Number.POSITIVE_INFINITY));
  loop.start();
  loop.within(200);
  await time.pass(150);
  gate.resolve(5_000);
  await time.pass(5_000);
  expect(ranAt).toEqual([0, 200]);
});

test("a loop that pauses rests until it is wanted again", async () => {
  const { time, loop, ranAt } = setUp(() => 1_000);
  loop.start();
  await time.pass(500);
  loop.pause();
  expect(time.waiting).toBe(0);
  await time.pass(60_000);
  loop.within(300);
  await time.pass(300);
  expect(ranAt).toEqual([0, 60_800]);
});

test("triggers during a run make one more, after it, and are answered by that one", async () => {
  const gates = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const { time, loop, ranAt } = setUp((run) => gates[run - 1]?.promise ?? 0);
  const answered: string[] = [];
  void loop.trigger().then(() => answered.push("first"));
  for (let n = 0; n < 100; n += 1) void loop.trigger().then(() => answered.push("during"));
  await time.settled();
  expect(ranAt).toHaveLength(1);
  gates[0]?.resolve(5_000);
  await time.settled();
  expect([ranAt.length, answered]).toEqual([2, ["first"]]);
  gates[1]?.resolve(5_000);
  await time.settled();
  expect([ranAt.length, answered.length, time.waiting]).toEqual([2, 101, 1]);
});

test("backs off from a run that fails: soon at first, then less and less often, and never for longer than five seconds", async () => {
  const { time, loop, ranAt } = setUp(away);
  loop.start();
  await time.pass(18_000);
  expect(ranAt).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 12_750, 17_750]);
});

test("begins to back off anew once a run has gone well", async () => {
  const { time, loop, ranAt } = setUp((run) => (run === 4 ? 1_000 : away()));
  loop.start();
  await time.pass(3_500);
  expect(ranAt).toEqual([0, 250, 750, 1_750, 2_750, 3_000, 3_500]);
});

test("rests a multiple of what a run took, be it good or bad, where the job says so", async () => {
  const { time, loop, ranAt } = setUp(
    (run) => {
      time.spend(run === 3 ? 10 : 200);
      return run === 2 ? away() : 1_000;
    },
    { restFactor: 19 },
  );
  loop.start();
  await time.pass(10_000);
  expect(ranAt).toEqual([0, 4_000, 8_000, 9_010]);
});

test("rests no longer for a long run than the job says, and never shorter than the run asks", async () => {
  const { time, loop, ranAt } = setUp(
    (run) => {
      time.spend(run === 2 ? 100 : 3_000);
      return run === 3 ? 20_000 : 1_000;
    },
    { restFactor: 19, restMsMax: 10_000 },
  );
  loop.start();
  await time.pass(40_000);
  expect(ranAt).toEqual([0, 13_000, 15_000, 38_000]);
});

test("logs an outage as it begins, counts it every ten seconds, and says when it is over", async () => {
  const { time, loop, logger } = setUp(() => (time.now() < 30_000 ? away() : 1_000));
  loop.start();
  await time.pass(29_000);
  expect(logger.lines).toEqual([failing, failing, failing]);
  await time.pass(20_000);
  expect(logger.lines.slice(3)).toEqual([goesWell]);
});

test("shows itself, counts its runs, and reports how each ended and how long it took", async () => {
  const { time, loop, seen, watched } = setUp((run) => {
    time.spend(run * 10);
    return run === 2 ? away() : 1_000;
  });
  expect(watched).toEqual([loop]);
  expect([loop.name, loop.totals]).toEqual(["tea_time", { ok: 0, failed: 0, sinceSuccessMs: undefined }]);
  loop.start();
  await time.pass(1_100);
  expect(seen).toEqual(["ok 10", "failed 20"]);
  expect(loop.totals).toEqual({ ok: 1, failed: 1, sinceSuccessMs: 1_100 });
});

test("stopping waits for the run under way, and none comes after", async () => {
  const gate = Promise.withResolvers<number>();
  const stops: AbortSignal[] = [];
  const { time, loop, ranAt } = setUp((_run, stop) => {
    stops.push(stop);
    return gate.promise;
  });
  const answered: string[] = [];
  void loop.trigger().then(() => answered.push("under way"));
  void loop.trigger().then(() => answered.push("waiting"));
  void loop.stop().then(() => answered.push("stopped"));
  await time.settled();
  expect([answered, stops.map(({ aborted }) => aborted)]).toEqual([[], [true]]);
  gate.resolve(10);
  await time.settled();
  expect(answered).toEqual(["under way", "waiting", "stopped"]);
  await loop.trigger();
  await time.pass(60_000);
  expect([ranAt.length, time.waiting]).toEqual([1, 0]);
});

test("stopping between two runs leaves no timer behind", async () => {
  const { time, loop, ranAt } = setUp(() => 1_000);
  loop.start();
  await time.pass(500);
  await loop.stop();
  expect(time.waiting).toBe(0);
  await time.pass(60_000);
  expect(ranAt).toHaveLength(1);
});

test("a run that its stop has cut short is no failure", async () => {
  const gate = Promise.withResolvers<number>();
  const { loop, logger, seen } = setUp(() => gate.promise);
  loop.start();
  const stopping = loop.stop();
  gate.reject(new Error("stopped in the middle"));
  await stopping;
  expect([logger.lines, seen, loop.totals.failed]).toEqual([[], [], 0]);
});

test("a stop leaves a run behind that only reads", async () => {
  const gate = Promise.withResolvers<number>();
  const { time, loop, logger, seen, ranAt } = setUp(() => gate.promise, { leftAtStop: true });
  loop.start();
  await loop.stop();
  gate.reject(new Error("the database is closed"));
  await time.pass(60_000);
  expect([ranAt, logger.lines, seen, time.waiting]).toEqual([[0], [], [], 0]);
});
