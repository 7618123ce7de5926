import { expect, test } from "vitest";
import { benchResult } from "./bench-result.ts";
import type { Figures } from "./figures.ts";
import { goals, judge } from "./goals.ts";
import { scenarios } from "./scenarios/index.ts";
import { defaultSizes } from "./sizes.ts";
import type { VariantName } from "./variants/index.ts";

function measured(scenario: string, variant: VariantName, ...rounds: readonly Figures[]) {
  return benchResult(
    scenario,
    variant,
    rounds.map((figures) => ({ figures, errors: 0, breaches: undefined })),
  );
}

/** The same value in each round. */
const steady = (figure: number) => ({ median: figure, min: figure, max: figure });

test("compares within each round: what slows a round down slows both", () => {
  const bare = measured("hot", "bare", { rate: 1000 }, { rate: 500 }, { rate: 1000 });
  const standalone = measured("hot", "standalone", { rate: 340 }, { rate: 160 }, { rate: 250 });
  expect(judge([bare, standalone])).toMatchObject([{ reached: { median: 0.32, min: 0.25, max: 0.34 }, met: "yes" }]);
});

test("leaves out a round in which a figure could not be measured", () => {
  const classic = measured("hot", "classic", { rate: 1 }, { rate: Number.NaN }, { rate: 2 });
  const mongo = measured("hot", "mongo", { rate: 210 }, { rate: 300 }, { rate: 400 });
  expect(judge([classic, mongo])).toMatchObject([{ reached: { median: 205, min: 200, max: 210 } }]);
});

test.each([
  ["just enough", 320, "yes"],
  ["just too little", 319, "no"],
])("wants at least so much: %s", (_name, rate, met) => {
  const [verdict, ...others] = judge([
    measured("hot", "bare", { rate: 1000 }),
    measured("hot", "standalone", { rate }),
    measured("spread", "standalone", { rate: 1 }),
  ]);
  expect(verdict).toMatchObject({ reached: steady(rate / 1000), met });
  expect(others).toEqual([]);
});

test.each([
  ["just little enough", 3, "yes"],
  ["just too much", 3.01, "no"],
])("wants at most so much: %s", (_name, p99, met) => {
  const verdicts = judge([measured("p99-at-70", "standalone", { p99 }), measured("p99-at-70", "bare", { p99: 1 })]);
  expect(verdicts).toMatchObject([{ reached: steady(p99), met }]);
});

test("judges a figure that needs no other one", () => {
  expect(judge([measured("startup", "standalone", { npxStartMs: 1_600 })])).toMatchObject([
    { reached: steady(1_600), met: "no" },
  ]);
});

test.each([
  [999_999, "only at a smaller size"],
  [1_000_000, "yes"],
])("a goal about 1M orders, with %i of them", (memoryOrders, met) => {
  const results = [measured("memory", "standalone", { fewMegabytes: 10, manyMegabytes: 11 })];
  expect(judge(results, { ...defaultSizes, memoryOrders })).toMatchObject([{ met }]);
});

test.each([
  [2, 2_500, "yes"],
  [2, 2_499, "too few cores"],
  [8, 2_499, "no"],
])("a goal for 8 cores, on %i: a rate of %i", (cores, rate, met) => {
  const results = [
    measured("cores", "standalone-1-thread", { rate: 1_000 }),
    measured("cores", "standalone-4-threads", { rate }),
  ];
  expect(judge(results, defaultSizes, cores)).toMatchObject([{ met }]);
});

test("says nothing of what was not measured", () => {
  expect(judge([measured("hot", "mongo", { rate: 1 }), measured("spread", "classic", { rate: 1 })])).toEqual([]);
});

test.each(goals.flatMap(({ says, of, to }) => [of, ...(to ? [to] : [])].map((place) => [says, place] as const)))(
  "%s: the scenario runs on that variant",
  (_says, [scenario, variant]) => {
    expect(scenarios.find(({ name }) => name === scenario)?.variants).toContain(variant);
  },
);
