import { expect, test } from "vitest";
import { pollDelay } from "./poll-delay.ts";

test.each([
  ["when all is well", 0, 1_000],
  ["after the first failure", 1, 1_000],
  ["after the second", 2, 2_000],
  ["after the fourth", 4, 8_000],
  ["after the fifth: no further", 5, 10_000],
  ["after a night", 5_000, 10_000],
])("waits %s", (_case, failures, ms) => {
  expect(pollDelay(failures)).toBe(ms);
});
