import { expect, test } from "vitest";
import { readBenchOptions } from "./bench-options.ts";
import { scenarios } from "./scenarios/index.ts";
import { defaultSizes } from "./sizes.ts";
import { variantNames } from "./variants/index.ts";

test("measures everything by default", () => {
  expect(readBenchOptions([])).toEqual({
    scenarios,
    variants: variantNames,
    rounds: 3,
    seconds: 3,
    warmUpSeconds: 2,
    connections: 50,
    sizes: defaultSizes,
    json: undefined,
  });
});

test("measures the scenarios that are named, in its own order", () => {
  const args = ["--scenario", "spread,hot", "--variant", "mongo,no-op", "--rounds", "5", "--due-holds", "20000"];
  const { scenarios: chosen, variants, rounds, sizes } = readBenchOptions([...args, "--json", "out.json"]);
  expect(chosen.map(({ name }) => name)).toEqual(["hot", "spread"]);
  expect({ variants, rounds }).toEqual({ variants: ["no-op", "mongo"], rounds: 5 });
  expect(sizes).toEqual({ ...defaultSizes, dueHolds: 20_000 });
});

test.each([
  [["--scenario", "warm"], "--scenario: warm is none of hot, key-cost,"],
  [["--variant", "postgres"], "--variant: postgres is none of bare, peer,"],
  [["--rounds", "0"], '--rounds must be a whole number above 0, not "0"'],
  [["--aged-orders", "many"], '--aged-orders must be a whole number above 0, not "many"'],
  [["--fast"], "Unknown option '--fast'"],
])("refuses %j", (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
