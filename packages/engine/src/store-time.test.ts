import { expect, test } from "vitest";
import { StoreTime } from "./store-time.ts";

const hour = 3_600_000;

function timed() {
  const machine = { wall: 10 * hour, steady: 70 };
  const time = new StoreTime({ wall: () => machine.wall, steady: () => machine.steady });
  const pass = (ms: number) => {
    machine.wall += ms;
    machine.steady += ms;
  };
  return { machine, time, pass };
}

test("is the clock's time while that goes forward", () => {
  const { time, machine, pass } = timed();
  expect(time.now()).toBe(10 * hour);
  pass(1_000);
  expect(time.now()).toBe(10 * hour + 1_000);
  machine.wall += hour;
  expect(time.now()).toBe(11 * hour + 1_000);
});

test("goes on at nine tenths of the speed after the clock is set back an hour, until that has caught up", () => {
  const { time, machine, pass } = timed();
  time.now();
  machine.wall -= hour;
  const instants = [time.now()];
  for (let minute = 0; minute < 11 * 60; minute += 1) {
    pass(60_000);
    instants.push(time.now());
  }
  expect(instants[0]).toBe(10 * hour);
  expect(instants[1]).toBe(10 * hour + 54_000);
  expect(instants.every((at, index) => index === 0 || at > (instants[index - 1] ?? 0))).toBe(true);
  expect(instants.at(-1)).toBe(machine.wall);
  expect(time.aheadMs).toBe(0);
});

test("begins no earlier than what has happened before", () => {
  const { time, pass } = timed();
  time.notBefore(10 * hour + 5_000);
  expect([time.now(), time.aheadMs]).toEqual([10 * hour + 5_000, 5_000]);
  pass(1_000);
  expect(time.now()).toBe(10 * hour + 5_900);
  time.notBefore(9 * hour);
  expect(time.now()).toBe(10 * hour + 5_900);
});

test("follows another clock's readings, and goes back for none of them", () => {
  const { time, machine } = timed();
  expect([time.at(5_000), time.at(4_999)]).toEqual([5_000, 5_000]);
  machine.steady += 10;
  expect([time.at(5_001), time.at(5_020)]).toEqual([5_009, 5_020]);
});
