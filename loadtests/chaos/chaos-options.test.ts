import { UsageError } from "@holdfast/runtime";
import { expect, test } from "vitest";
import { readChaosOptions } from "./chaos-options.ts";

test("breaks everything once by default", () => {
  expect(readChaosOptions([])).toEqual({ form: "all", rounds: 1, shoppers: 20, stormers: 10 });
});

test.each([
  ["--disk", { form: "disk", rounds: 1 }],
  ["--disk --rounds 3", { form: "disk", rounds: 3 }],
  ["--kills 200", { form: "kills", kills: 200 }],
  ["--shoppers 4 --stormers 2", { form: "all", shoppers: 4, stormers: 2 }],
])("reads %s", (line, expected) => {
  expect(readChaosOptions(line.split(" "))).toMatchObject(expected);
});

test.each([
  ["--kills 5 --disk", /^--kills goes with neither --disk nor --rounds/],
  ["--kills 5 --rounds 2", /^--kills goes with neither --disk nor --rounds/],
  ["--rounds 0", /^--rounds must be a whole number above 0, not "0"$/],
  ["--shoppers many", /^--shoppers must be a whole number above 0, not "many"$/],
  ["--dsik", /^Unknown option '--dsik'.*pnpm chaos takes/],
  ["disk", /^Unexpected argument 'disk'.*pnpm chaos takes/],
])("refuses %s in one line", (line, message) => {
  expect(() => readChaosOptions(line.split(" "))).toThrow(message);
  expect(() => readChaosOptions(line.split(" "))).toThrow(UsageError);
  expect(() => readChaosOptions(line.split(" "))).not.toThrow("\n");
});
