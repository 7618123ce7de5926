import { expect, test } from "vitest";
import { benchResult } from "../bench-result.ts";
import type { VariantName } from "../variants/index.ts";
import { benchChart } from "./bench-chart.ts";
import { escapeText } from "./svg.ts";

const machine = { node: "v24.0.0", platform: "linux", cores: 2 };

function measured(scenario: string, variant: VariantName, ...rates: readonly number[]) {
  return benchResult(
    scenario,
    variant,
    rates.map((rate) => ({ figures: { rate }, errors: 0, breaches: undefined })),
  );
}

function chartOf(...results: ReturnType<typeof measured>[]): string {
  return benchChart({ at: "2026-01-02T03:04:05.000Z", machine, results });
}

test("draws each bar as its part of the scenario's best round", () => {
  const chart = chartOf(measured("hot", "no-op", 900, 1000, 800), measured("hot", "standalone", 450));
  expect(
    [...chart.matchAll(/class="(\w+)" x="\d+" y="\d+" width="([\d.]+)"/g)].map(([, kind, width]) => [kind, width]),
  ).toEqual([
    ["other", "360"],
    ["ours", "180"],
  ]);
  expect(chart).toContain(">900/s<");
  expect(chart).toContain("2026-01-02, Node v24.0.0, 2 cores");
});

test("draws the slowest and the fastest round", () => {
  expect(chartOf(measured("hot", "no-op", 900, 1000, 800))).toContain('class="spread" d="M450 38H530"');
});

test("leaves out what was not measured, and what does not compare", () => {
  const chart = chartOf(measured("spread", "mongo", 10), measured("memory", "standalone", 10));
  expect([...chart.matchAll(/class="scenario"[^>]*>([^<]*)/g)].map(([, name]) => name)).toEqual(["spread"]);
});

test("can be read on light and on dark, and fetches nothing", () => {
  const chart = chartOf(measured("hot", "no-op", 1));
  expect(chart).toContain("prefers-color-scheme: dark");
  expect(chart.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
});

test("takes text as text", () => {
  expect(escapeText("a<b>&c")).toBe("a&lt;b&gt;&amp;c");
});
