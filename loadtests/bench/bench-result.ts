import type { VariantName } from "./deployments.ts";
import type { RoundResult } from "./round.ts";

/** All rounds of one variant in one scenario, and their medians. */
export interface BenchResult {
  readonly scenario: string;
  readonly variant: VariantName;
  readonly rounds: readonly RoundResult[];
  readonly rate: number;
  readonly rateMin: number;
  readonly rateMax: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Over all rounds. */
  readonly errors: number;
  readonly audit: "ok" | "nothing to audit" | "BREACHED";
}

/** How many times as fast one variant is as another, in the same scenario of the same run. */
export interface Ratio {
  readonly scenario: string;
  readonly of: VariantName;
  readonly to: VariantName;
  readonly ratio: number;
}

/** What the goals are about. */
const compared: readonly (readonly [VariantName, VariantName])[] = [
  ["standalone", "no-op"],
  ["mongo", "classic"],
];

export function benchResult(scenario: string, variant: VariantName, rounds: readonly RoundResult[]): BenchResult {
  const rates = rounds.map(({ rate }) => rate);
  return {
    scenario,
    variant,
    rounds,
    rate: median(rates),
    rateMin: Math.min(...rates),
    rateMax: Math.max(...rates),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    audit: auditOf(rounds),
  };
}

export function ratiosOf(results: readonly BenchResult[]): Ratio[] {
  return compared.flatMap(([of, to]) =>
    results
      .filter(({ variant }) => variant === of)
      .flatMap(({ scenario, rate }) => {
        const other = results.find((result) => result.scenario === scenario && result.variant === to);
        return other === undefined ? [] : [{ scenario, of, to, ratio: rate / other.rate }];
      }),
  );
}

function auditOf(rounds: readonly RoundResult[]): BenchResult["audit"] {
  if (rounds.some(({ breaches = [] }) => breaches.length > 0)) return "BREACHED";
  return rounds.every(({ breaches }) => breaches === undefined) ? "nothing to audit" : "ok";
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
