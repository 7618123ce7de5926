import { type FigureName, type Figures, figureNames } from "./figures.ts";
import type { RoundResult } from "./scenario.ts";
import type { VariantName } from "./variants/index.ts";

/** One figure or ratio over all rounds: its median, which one slow round hardly affects, and its spread. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The results of one variant in one scenario, over all rounds. */
export interface BenchResult {
  readonly scenario: string;
  readonly variant: VariantName;
  readonly figures: Readonly<Partial<Record<FigureName, Spread>>>;
  /** Over all rounds. */
  readonly errors: number;
  readonly audit: "ok" | "nothing to audit" | "BREACHED";
  readonly breaches: readonly string[];
  /** The figures of each round, in order. */
  readonly rounds: readonly Figures[];
}

export function benchResult(scenario: string, variant: VariantName, rounds: readonly RoundResult[]): BenchResult {
  const spreads = figureNames.flatMap((name) => {
    // Leave out what could not be measured, such as the rate of things that all happened at once.
    const values = rounds.flatMap(({ figures }) => figures[name] ?? []).filter(Number.isFinite);
    return values.length === 0 ? [] : [[name, spreadOf(values)] as const];
  });
  return {
    scenario,
    variant,
    figures: Object.fromEntries(spreads),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    audit: auditOf(rounds),
    breaches: rounds.flatMap(({ breaches = [] }) => breaches.map(({ rule, says }) => `${rule}: ${says}`)),
    rounds: rounds.map(({ figures }) => figures),
  };
}

function auditOf(rounds: readonly RoundResult[]): BenchResult["audit"] {
  if (rounds.some(({ breaches = [] }) => breaches.length > 0)) return "BREACHED";
  return rounds.every(({ breaches }) => breaches === undefined) ? "nothing to audit" : "ok";
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return { median: (lower + upper) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}
