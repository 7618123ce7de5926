import { expect, test } from "vitest";
import { benchResult } from "./bench-result.ts";
import type { Figures } from "./figures.ts";
import { goals, judge } from "./goals.ts";
import { scenarios } from "./scenarios/index.ts";
import { defaultSizes } from "./sizes.ts";
import type { VariantName } from "./variants/index.ts";

function measured(scenario: string, variant: VariantName, figures: Figures) {
  return benchResult(scenario, variant, [{ figures, errors: 0, breaches: undefined }]);
}

test.each([
  ["just enough", 600, "yes"],
  ["just too little", 599, "no"],
])("wants at least so much: %s", (_name, rate, met) => {
  const [verdict, ...others] = judge([
    measured("hot", "no-op", { rate: 1000 }),
    measured("hot", "standalone", { rate }),
    measured("spread", "standalone", { rate: 1 }),
  ]);
  expect(verdict).toMatchObject({ reached: rate / 1000, met });
  expect(others).toEqual([]);
});

test.each([
  ["just little enough", 3, "yes"],
  ["just too much", 3.01, "no"],
])("wants at most so much: %s", (_name, p99, met) => {
  const verdicts = judge([measured("p99-at-70", "standalone", { p99 }), measured("p99-at-70", "no-op", { p99: 1 })]);
  expect(verdicts).toMatchObject([{ reached: p99, met }]);
});

test("judges a figure that needs no other one", () => {
  expect(judge([measured("startup", "standalone", { npxStartMs: 1_600 })])).toMatchObject([
    { reached: 1_600, met: "no" },
  ]);
});

test.each([
  [999_999, "only at a smaller size"],
  [1_000_000, "yes"],
])("a goal about 1M orders, with %i of them", (memoryOrders, met) => {
  const results = [measured("memory", "standalone", { fewMegabytes: 10, manyMegabytes: 11 })];
  expect(judge(results, { ...defaultSizes, memoryOrders })).toMatchObject([{ met }]);
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
