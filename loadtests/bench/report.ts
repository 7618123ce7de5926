import { availableParallelism } from "node:os";
import type { BenchOptions } from "./bench-options.ts";
import type { BenchResult } from "./bench-result.ts";
import { digits, type FigureName, figureNames, figures, figureText } from "./figures.ts";
import { type Goal, judge, type Verdict } from "./goals.ts";
import type { Sizes } from "./sizes.ts";

/** The JSON file of a run. Across machines only ratios within one run mean anything. */
export interface BenchReport {
  readonly at: string;
  readonly machine: { readonly node: string; readonly platform: string; readonly cores: number };
  readonly options: {
    readonly rounds: number;
    readonly seconds: number;
    readonly connections: number;
    readonly sizes: Sizes;
  };
  readonly results: readonly BenchResult[];
  readonly goals: readonly Verdict[];
}

export function benchReport(
  { rounds, seconds, connections, sizes }: BenchOptions,
  results: readonly BenchResult[],
): BenchReport {
  return {
    at: new Date().toISOString(),
    machine: { node: process.version, platform: process.platform, cores: availableParallelism() },
    options: { rounds, seconds, connections, sizes },
    results,
    goals: judge(results, sizes),
  };
}

/** The results as text: every figure, then each goal with what was reached and whether it is met. */
export function reportText({ results, goals: verdicts }: BenchReport): string {
  const rows = results.map((result) => [
    result.scenario,
    result.variant,
    spreadText(result, "rate"),
    ...(["p50", "p99", "slowest"] as const).map((name) => medianText(result, name)),
    String(result.errors),
    result.audit,
    otherFigures(result),
  ]);
  const breaches = results.flatMap(({ scenario, variant, breaches: found }) =>
    found.map((says) => `BREACHED: ${scenario}, ${variant}: ${says}`),
  );
  return [
    ...table(["scenario", "variant", "rate (min - max)", "p50", "p99", "slowest", "errors", "audit", "more"], rows),
    "",
    ...table(["goal", "wanted", "reached", "met"], verdicts.map(verdictRow)),
    ...breaches,
  ].join("\n");
}

/** The line of a goal: its name, the bound, what was reached, yes or no. */
export function verdictRow(verdict: Verdict): [says: string, wanted: string, reached: string, met: string] {
  const wanted = "atLeast" in verdict.bound ? `>= ${verdict.bound.atLeast}` : `<= ${verdict.bound.atMost}`;
  const unit = unitOf(verdict);
  const { median, min, max } = verdict.reached;
  const spread = min === max ? "" : ` (${digits(min)} - ${digits(max)})`;
  return [verdict.says, `${wanted}${unit}`, `${digits(median)}${unit}${spread}`, verdict.met];
}

function unitOf({ of: [, , figure], to }: Goal): string {
  return to === undefined ? ` ${figures[figure].unit}` : " x";
}

function spreadText({ figures: measured }: BenchResult, name: FigureName): string {
  const spread = measured[name];
  if (spread === undefined) return "";
  return `${figureText(name, spread.median)} (${digits(spread.min)} - ${digits(spread.max)})`;
}

function medianText({ figures: measured }: BenchResult, name: FigureName): string {
  const spread = measured[name];
  return spread === undefined ? "" : figureText(name, spread.median);
}

const ownColumn: readonly FigureName[] = ["rate", "p50", "p99", "slowest"];

function otherFigures(result: BenchResult): string {
  return figureNames
    .filter((name) => !ownColumn.includes(name) && result.figures[name] !== undefined)
    .map((name) => `${name} ${medianText(result, name)}`)
    .join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
