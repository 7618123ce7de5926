import { expect, test } from "vitest";
import { coverOf, type OrderedUnits, salesReadMax } from "./days-of-cover.ts";
import type { Instant, LocationId, Sku } from "./ids.ts";
import type { OrderStatus } from "./order.ts";
import { emptyLevel } from "./stock-level.ts";

const day = 86_400_000;
const at = (days: number) => (1_700_000_000_000 + days * day) as Instant;
const ordered = (days: number, units: number, status: OrderStatus = "CONFIRMED"): OrderedUnits => ({
  status,
  placedAt: at(days),
  units,
});

/** Of a level with 10 available, on day 30, looking back 10 days. */
function cover(...orders: readonly OrderedUnits[]) {
  const level = { ...emptyLevel("tea" as Sku, "main" as LocationId), totalStock: 12, committedStock: 2 };
  const { soldUnits, soldSince, daysOfCover } = coverOf(level, orders, at(20), at(30));
  return [soldUnits, (soldSince - at(0)) / day, daysOfCover];
}

test.each<readonly [string, readonly OrderedUnits[], readonly (number | undefined)[]]>([
  ["nothing was ever ordered", [], [0, 20, undefined]],
  ["nothing was paid for", [ordered(29, 5, "EXPIRED"), ordered(1, 1)], [0, 20, undefined]],
  ["it sells two a day", [ordered(29, 15), ordered(21, 5), ordered(2, 90)], [20, 20, 5]],
  ["it sold elsewhere", [ordered(29, 0), ordered(2, 90)], [0, 20, undefined]],
  ["it was first ordered five days ago", [ordered(29, 15), ordered(25, 5)], [20, 25, 2.5]],
  ["it was first ordered an hour ago", [ordered(29.9, 20)], [20, 29.9, 0.5]],
  ["a cart is not paid for yet", [ordered(30, 7, "PENDING_PAYMENT"), ordered(21, 3), ordered(2, 1)], [3, 20, 33.3]],
])("says how long it lasts where %s", (_what, orders, expected) => {
  expect(cover(...orders)).toEqual(expected);
});

test("goes by the newest orders of what sells thousands in an hour", () => {
  const orders = Array.from({ length: salesReadMax }, (_, n) => ordered(30 - n / salesReadMax / 24, 1));
  const [units, since, days] = cover(...orders);
  expect([units, since && since > 29.9, days]).toEqual([2_000, true, 0]);
});

test("what is short lasts no time", () => {
  const level = { ...emptyLevel("tea" as Sku, "main" as LocationId), committedStock: 2 };
  expect(coverOf(level, [ordered(29, 1), ordered(1, 1)], at(20), at(30)).daysOfCover).toBe(0);
});
