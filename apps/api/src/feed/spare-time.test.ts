import type { Timers } from "@holdfast/engine";
import { expect, test } from "vitest";
import { SpareTime } from "./spare-time.ts";

/** Spare time on a clock that work moves on, and what it has rested. */
function worker(after: Timers["after"]) {
  const rests: number[] = [];
  const clock = { ms: 0, now: () => clock.ms };
  const spareTime = new SpareTime({
    now: clock.now,
    after: (ms, call) => {
      rests.push(ms);
      return after(ms, call);
    },
  });
  const work = async (ms: number) => {
    await spareTime.work(() => {
      clock.ms += ms;
    });
    await spareTime.rest();
  };
  return { work, rests };
}

const atOnce: Timers["after"] = (_ms, call) => {
  call();
  return () => {};
};

const inTime: Timers["after"] = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};

test("rests thirty-nine times as long as it has worked while the process has other things to do", async () => {
  const { work, rests } = worker(atOnce); // no time goes by in which the process would be idle
  await work(10);
  expect(rests).toEqual([10, 380]);
});

test("rests as long as it has worked while the process has nothing else to do", async () => {
  const { work, rests } = worker(inTime);
  await work(20);
  expect(rests).toEqual([20]);
});

test("does a slice of work before it rests, in however many pieces", async () => {
  const { work, rests } = worker(atOnce);
  for (let n = 0; n < 4; n += 1) await work(0.5);
  await work(1);
  expect(rests).toEqual([2, 76]);
});

test("counts what the work sets off, up to its last write", async () => {
  const rests: number[] = [];
  const clock = { ms: 0, now: () => clock.ms };
  const spareTime = new SpareTime({
    now: clock.now,
    after: (ms, call) => {
      rests.push(ms);
      return atOnce(ms, call);
    },
  });
  await spareTime.work(() => {
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        clock.ms += 7;
      }),
    );
  });
  await spareTime.rest();
  expect(rests[0]).toBe(7);
});
