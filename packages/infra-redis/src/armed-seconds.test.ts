import type { Instant } from "@holdfast/domain";
import { expect, test } from "vitest";
import { ArmedSeconds } from "./armed-seconds.ts";

const instants = (...times: readonly number[]) => times as Instant[];

test("a second is armed once, however many reservations end in it", () => {
  const armed = new ArmedSeconds();
  expect(armed.take(instants(5_000, 5_001, 5_999, 6_000, 7_500), 0)).toEqual([5, 6, 7]);
  expect(armed.take(instants(5_500, 6_999, 8_000), 0)).toEqual([8]);
});

test("a second that has begun is armed every time, because its job may be done already", () => {
  const armed = new ArmedSeconds();
  expect(armed.take(instants(5_400), 4_999)).toEqual([5]);
  expect(armed.take(instants(5_500), 4_999)).toEqual([]);
  expect(armed.take(instants(5_600), 5_000)).toEqual([5]);
  expect(armed.take(instants(5_700), 5_000)).toEqual([5]);
});

test("what could not be armed is armed next time", () => {
  const armed = new ArmedSeconds();
  armed.take(instants(5_000, 6_000), 0);
  armed.forget([5]);
  expect(armed.take(instants(5_000, 6_000), 0)).toEqual([5]);
  armed.forgetAll();
  expect(armed.take(instants(5_000, 6_000), 0)).toEqual([5, 6]);
});

test("remembers a bounded number of seconds, and forgets the oldest first", () => {
  const armed = new ArmedSeconds();
  const times = instants(...Array.from({ length: 5_000 }, (_, index) => index * 1_000 + 1_000));
  expect(armed.take(times, 0)).toHaveLength(5_000);
  expect(armed.take(instants(1_000, 5_000_000), 0)).toEqual([1]);
});
