import type { Instant } from "@holdfast/domain";
import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

/** The clock's time after the machine's two clocks have moved on since the server answered 5,000. */
test.each([
  ["at once", 0, 0, 5_000],
  ["later, in whole milliseconds", 999.9, 1_000, 5_999],
  ["at the end of what one answer is good for", 1_000, 1_000, 6_000],
  ["after that", 1_001, 1_001, undefined],
  ["when this machine has slept", 3, 60_000, undefined],
  ["when somebody has set the time back", 3, -60_000, undefined],
  ["when the two clocks drift apart a little", 900, 850, 5_900],
] as const)("%s", (_when, steady, wall, said) => {
  const machine = { steady: 70, wall: 1_000 };
  const clock = new ServerClock(
    () => machine.steady,
    () => machine.wall,
  );
  clock.read(5_000 as Instant, 0);
  machine.steady += steady;
  machine.wall += wall;
  expect(clock.now()).toBe(said);
});

test.each([
  ["lags more than the last one, does not go back", 5_800, 5_900],
  ["is from a clock that was set back, does", -60_000, -60_000],
] as const)("after an answer that %s", (_what, server, said) => {
  const machine = { ms: 0 };
  const now = () => machine.ms;
  const clock = new ServerClock(now, now);
  clock.read(5_000 as Instant, 0);
  machine.ms = 900;
  expect(clock.now()).toBe(5_900);
  clock.read(server as Instant, 0);
  expect(clock.now()).toBe(said);
});

test.each([
  [50, 5_000],
  [51, undefined],
])("an answer that took %d ms: %s", (tookMs, said) => {
  const clock = new ServerClock(
    () => 0,
    () => 0,
  );
  clock.read(5_000 as Instant, tookMs);
  expect(clock.now()).toBe(said);
});

test("knows nothing before the server was asked", () => {
  expect(new ServerClock().now()).toBeUndefined();
});
