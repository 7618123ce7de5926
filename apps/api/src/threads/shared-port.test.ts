import { expect, test } from "vitest";
import { httpThreadsDefault } from "./shared-port.ts";

test.each([
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 2],
  [6, 4],
  [64, 4],
])("of %i cores, this many threads serve HTTP: %i", (cores, threads) => {
  expect(httpThreadsDefault(cores, true)).toBe(threads);
});

test("where threads cannot share a port, one serves HTTP", () => {
  expect(httpThreadsDefault(64, false)).toBe(1);
});
