import { expect, test } from "vitest";
import { latencyOf } from "./measurement.ts";

test.each([
  ["of a hundred", Array.from({ length: 100 }, (_, index) => 100 - index), { p50: 51, p99: 100, slowest: 100 }],
  ["of one", [7], { p50: 7, p99: 7, slowest: 7 }],
  ["of none", [], { p50: Number.NaN, p99: Number.NaN, slowest: Number.NaN }],
])("sorts times by size: %s", (_name, times, latency) => {
  expect(latencyOf(times)).toEqual(latency);
});
