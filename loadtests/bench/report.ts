import { availableParallelism } from "node:os";
import type { BenchOptions } from "./bench-options.ts";
import { type BenchResult, ratiosOf } from "./bench-result.ts";

/** The results for people. */
export function benchReport(results: readonly BenchResult[]): string {
  const rows = results.map(({ scenario, variant, rate, rateMin, rateMax, p50, p99, errors, audit }) => [
    scenario,
    variant,
    digits(rate),
    `${digits(rateMin)} - ${digits(rateMax)}`,
    digits(p50),
    digits(p99),
    String(errors),
    audit,
  ]);
  const ratios = ratiosOf(results).map(
    ({ scenario, of, to, ratio }) => `${scenario}: ${of} = ${digits(ratio)} x ${to}`,
  );
  const breaches = results.flatMap(({ scenario, variant, rounds }) =>
    rounds.flatMap(({ breaches = [] }) =>
      breaches.map(({ rule, says }) => `${scenario}, ${variant}: ${rule}: ${says}`),
    ),
  );
  return [
    ...table(["scenario", "variant", "orders/s", "min - max", "p50 ms", "p99 ms", "errors", "audit"], rows),
    "",
    ...ratios,
    ...breaches,
  ].join("\n");
}

/** The results for comparison with other runs. Only ratios within one run mean anything across machines. */
export function benchJson({ rounds, seconds, connections }: BenchOptions, results: readonly BenchResult[]): string {
  const machine = { node: process.version, platform: process.platform, cores: availableParallelism() };
  const options = { rounds, seconds, connections };
  const at = new Date().toISOString();
  return `${JSON.stringify({ at, machine, options, results, ratios: ratiosOf(results) }, undefined, 2)}\n`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
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
