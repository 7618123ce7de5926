import { expect, test } from "vitest";
import { Bug } from "./bug.ts";
import type { LocationId, Sku } from "./ids.ts";
import { availableStock, emptyLevel, type LevelChange, levelKey, move, type StockLevel } from "./stock-level.ts";

const name = { sku: "tea" as Sku, locationId: "main" as LocationId };

/** `total/reserved/committed/safety` as a level. */
function level(text: string): StockLevel {
  const [totalStock = 0, reservedStock = 0, committedStock = 0, safetyStock = 0] = text.split("/").map(Number);
  return { ...name, version: 7, totalStock, reservedStock, committedStock, safetyStock };
}

function change(text: string): LevelChange {
  const [totalStock = 0, reservedStock = 0, committedStock = 0] = text.split("/").map(Number);
  return { ...name, totalStock, reservedStock, committedStock };
}

test.each([
  ["0/0/0/0", 0],
  ["10/0/0/0", 10],
  ["10/2/3/4", 1],
  ["10/2/3/5", 0],
])("of %s, %i can be promised", (text, available) => {
  expect(availableStock(level(text))).toBe(available);
});

test.each([
  ["10/0/0/0", "5/0/0", "15/0/0/0"],
  ["10/0/0/0", "-10/0/0", "0/0/0/0"],
  ["10/0/0/0", "-11/0/0", "oversold"],
  ["10/0/0/0", "0/10/0", "10/10/0/0"],
  ["10/0/0/0", "0/11/0", "oversold"],
  ["10/2/0/0", "0/-2/2", "10/0/2/0"],
  ["10/2/0/0", "0/-2/0", "10/0/0/0"],
  ["10/2/0/0", "0/-3/0", "more released than was held"],
  ["10/2/1/0", "0/0/-1", "10/2/0/0"],
  ["10/2/1/0", "0/0/-2", "more shipped than was sold"],
  ["10/0/0/0", "0/0/11", "oversold"],
  ["10/0/0/3", "0/8/0", "oversold"],
  ["10/0/0/3", "0/7/0", "10/7/0/3"],
  ["2/5/0/0", "0/-2/0", "2/3/0/0"],
  ["2/5/0/0", "0/-2/2", "2/3/2/0"],
  ["2/5/0/0", "1/0/0", "3/5/0/0"],
  ["2/5/0/0", "0/1/0", "oversold"],
  ["2/5/0/0", "-1/0/0", "oversold"],
])("%s moved by %s: %s", (before, by, outcome) => {
  const moved = () => move(level(before), change(by));
  if (!outcome.includes("/")) {
    expect(moved).toThrow(Bug);
    expect(moved).toThrow(outcome);
  } else expect(moved()).toEqual({ ...level(outcome), version: 8 });
});

test("starts empty, at version 0, under a key of its own", () => {
  expect(emptyLevel(name.sku, name.locationId)).toEqual({ ...level("0/0/0/0"), version: 0 });
  expect(levelKey(name.sku, name.locationId)).toBe("tea@main");
});
