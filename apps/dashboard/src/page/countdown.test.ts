import { expect, test } from "vitest";
import { formatCountdown, secondsLeft, shareLeft } from "./countdown.ts";

test.each([
  ["a whole second", 1_000, 1],
  ["part of a second counts as one", 1_001, 2],
  ["the last millisecond", 1, 1],
  ["the moment itself", 0, 0],
  ["past it", -5_000, 0],
])("counts the seconds left: %s", (_case, ms, seconds) => {
  expect(secondsLeft(1_000_000 + ms, 1_000_000)).toBe(seconds);
});

test.each([
  ["at the start", 100, 1],
  ["half way", 150, 0.5],
  ["at the end", 200, 0],
  ["before the start, by a clock that is a little off", 90, 1],
  ["after the end", 300, 0],
])("tells the share left: %s", (_case, now, share) => {
  expect(shareLeft(100, 200, now)).toBe(share);
});

test("a span without length has nothing left", () => {
  expect(shareLeft(100, 100, 100)).toBe(0);
});

test.each([
  [0, "0:00"],
  [42, "0:42"],
  [725, "12:05"],
  [3_600, "1:00:00"],
  [86_399, "23:59:59"],
])("shows %i seconds as %s", (seconds, shown) => {
  expect(formatCountdown(seconds)).toBe(shown);
});
