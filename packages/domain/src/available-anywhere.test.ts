import { expect, test } from "vitest";
import { availableAnywhere } from "./available-anywhere.ts";
import type { LocationId, Sku } from "./ids.ts";
import { emptyLevel } from "./stock-level.ts";

test.each([
  ["no level", {}, 0],
  ["several places", { main: 5, berlin: 2 }, 7],
  ["a place that is closed", { main: 5, closed: 2 }, 5],
  ["closed places alone", { closed: 2 }, 0],
  ["a place that owes units, beside one that has some", { main: -3, berlin: 2 }, 2],
  ["places that owe units alone", { main: -3, berlin: -1, paris: 0 }, -4],
  ["a closed place that owes units", { main: 1, closed: -3 }, 1],
])("counts what an order without a place can get of %s", (_what, available, expected) => {
  const levels = Object.entries(available).map(([place, units]) => ({
    ...emptyLevel("tea" as Sku, place as LocationId),
    totalStock: Math.max(0, units),
    committedStock: Math.max(0, -units),
  }));
  // -0 is none, too.
  expect(availableAnywhere(levels, ["closed" as LocationId]) + 0).toBe(expected);
});
