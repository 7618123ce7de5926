import { availableParallelism } from "node:os";
import { type BenchResult, type Spread, spreadOf } from "./bench-result.ts";
import type { FigureName } from "./figures.ts";
import { defaultSizes, type SizeName, type Sizes } from "./sizes.ts";
import type { VariantName } from "./variants/index.ts";

/** The scenario, variant and name of a figure. */
type Place = readonly [scenario: string, variant: VariantName, figure: FigureName];

/** A goal for one figure, or for its ratio to another figure of the same round. */
export interface Goal {
  readonly says: string;
  readonly of: Place;
  /** If absent, the bound applies to the figure itself. */
  readonly to?: Place;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  /** The size that the goal is about. A run with a smaller size does not meet it. */
  readonly atSize?: SizeName;
  /** How many cores a machine needs that can meet it. */
  readonly atCores?: number;
}

const rateOf = (scenario: string, variant: VariantName): Place => [scenario, variant, "rate"];

export const goals: readonly Goal[] = [
  {
    says: "hot: MongoDB against the server's own insert limit",
    of: rateOf("hot", "mongo"),
    to: rateOf("hot", "insert-limit"),
    bound: { atLeast: 0.6 },
  },
  {
    says: "hot: MongoDB against one transaction per request",
    of: rateOf("hot", "mongo"),
    to: rateOf("hot", "classic"),
    bound: { atLeast: 200 },
  },
  ...(["standalone", "mongo"] as const).map(
    (variant): Goal => ({
      says: `key-cost: with a key against without, ${variant}`,
      of: rateOf("key-cost", variant),
      to: rateOf("key-cost", `${variant}-keyless`),
      bound: { atLeast: 0.95 },
      atSize: "heldOrders",
    }),
  ),
  {
    says: "spread: MongoDB against one transaction per request",
    of: rateOf("spread", "mongo"),
    to: rateOf("spread", "classic"),
    bound: { atLeast: 15 },
  },
  {
    says: "hot: no engine against a bare app",
    of: rateOf("hot", "no-op"),
    to: rateOf("hot", "bare"),
    bound: { atLeast: 0.7 },
  },
  {
    says: "hot: standalone against a bare app",
    of: rateOf("hot", "standalone"),
    to: rateOf("hot", "bare"),
    bound: { atLeast: 0.32 },
  },
  {
    says: "spread: standalone against a bare app",
    of: rateOf("spread", "standalone"),
    to: rateOf("spread", "bare"),
    bound: { atLeast: 0.28 },
  },
  ...(["hot", "spread"] as const).map(
    (scenario): Goal => ({
      says: `${scenario}: standalone against one PostgreSQL function an order`,
      of: rateOf(scenario, "standalone"),
      to: rateOf(scenario, "peer"),
      bound: { atLeast: scenario === "hot" ? 5 : 2 },
    }),
  ),
  {
    says: "allocate: orders that name no place against the same with places named, standalone",
    of: rateOf("allocate", "standalone"),
    to: ["allocate", "standalone", "namedRate"],
    bound: { atLeast: 0.8 },
  },
  {
    says: "sold-out: standalone against no engine",
    of: rateOf("sold-out", "standalone"),
    to: rateOf("sold-out", "no-op"),
    bound: { atLeast: 0.8 },
  },
  {
    says: "lifecycle: whole orders against orders only placed, standalone",
    of: rateOf("lifecycle", "standalone"),
    to: ["lifecycle", "standalone", "hotRate"],
    bound: { atLeast: 0.4 },
  },
  {
    says: "lifecycle: whole orders of three requests, standalone, against requests to a bare app",
    of: rateOf("lifecycle", "standalone"),
    to: rateOf("hot", "bare"),
    bound: { atLeast: 0.117 },
  },
  {
    says: "p99 at 70 % of peak: standalone against a bare app at the same rate",
    of: ["p99-at-70", "standalone", "p99"],
    to: ["p99-at-70", "bare", "p99"],
    bound: { atMost: 3 },
  },
  {
    says: "feed-readers: orders beside 800 readers of the feed against orders alone, standalone",
    of: rateOf("feed-readers", "standalone"),
    to: ["feed-readers", "standalone", "aloneRate"],
    bound: { atLeast: 0.9 },
    atSize: "feedReaders",
  },
  {
    says: "aged: hot orders on 1M orders against an empty database",
    of: rateOf("aged", "standalone-aged"),
    to: rateOf("aged", "standalone"),
    bound: { atLeast: 0.9 },
    atSize: "agedOrders",
  },
  {
    says: "aged: spread orders on 1M orders against an empty database",
    of: ["aged", "standalone-aged", "spreadRate"],
    to: ["aged", "standalone", "spreadRate"],
    bound: { atLeast: 0.9 },
    atSize: "agedOrders",
  },
  {
    says: "cores: 4 threads that serve HTTP against 1, standalone",
    of: rateOf("cores", "standalone-4-threads"),
    to: rateOf("cores", "standalone-1-thread"),
    bound: { atLeast: 2.5 },
    atCores: 8,
  },
  {
    says: "edge: hot orders in a Durable Object against the standalone",
    of: rateOf("edge", "edge"),
    to: rateOf("edge", "standalone"),
    bound: { atLeast: 0.5 },
  },
  {
    says: "edge: spread orders in a Durable Object against the standalone",
    of: ["edge", "edge", "spreadRate"],
    to: ["edge", "standalone", "spreadRate"],
    bound: { atLeast: 0.5 },
  },
  {
    says: "processes: 4 APIs against 1 on one hot SKU",
    of: rateOf("processes", "mongo-4-apis"),
    to: rateOf("processes", "mongo"),
    bound: { atLeast: 0.8 },
  },
  {
    says: "processes: 4 APIs against 1 over 500 SKUs",
    of: ["processes", "mongo-4-apis", "spreadRate"],
    to: ["processes", "mongo", "spreadRate"],
    bound: { atLeast: 2 },
  },
  {
    says: "processes: the slowest request of 4 APIs against their median one",
    of: ["processes", "mongo-4-apis", "slowest"],
    to: ["processes", "mongo-4-apis", "p50"],
    bound: { atMost: 20 },
  },
  ...(["standalone", "mongo"] as const).flatMap((variant): Goal[] => [
    {
      says: `expire: holds released against orders placed, ${variant}`,
      of: rateOf("expire", variant),
      to: ["expire", variant, "placingRate"],
      bound: { atLeast: 1 },
      atSize: variant === "mongo" ? "dueHoldsMongo" : "dueHolds",
    },
    {
      says: `expire: lateness p99 in steady state, ${variant}`,
      of: ["expire", variant, "latenessP99"],
      bound: { atMost: 1_000 },
    },
  ]),
  ...(["hot", "spread"] as const).map(
    (scenario): Goal => ({
      says: `${scenario}: processor time an order, standalone, with the generator's`,
      of: [scenario, "standalone", "processorMicroseconds"],
      bound: { atMost: 150 },
    }),
  ),
  {
    says: "memory: at rest, installed, standalone",
    of: ["memory", "standalone", "restMegabytes"],
    bound: { atMost: 120 },
  },
  ...(["first", "more"] as const).map(
    (which): Goal => ({
      says: `memory: the ${which === "first" ? "first" : "next"} 1,000 idle streams, installed, standalone`,
      of: ["memory", "standalone", `${which}StreamsMegabytes`],
      bound: { atMost: 20 },
    }),
  ),
  {
    says: "memory: after 1M orders against after 10,000, standalone",
    of: ["memory", "standalone", "manyMegabytes"],
    to: ["memory", "standalone", "fewMegabytes"],
    bound: { atMost: 1.3 },
    atSize: "memoryOrders",
  },
  {
    says: "startup: `npx -y pnpm@12 start`, installed, to its first answer",
    of: ["startup", "standalone", "npxStartMs"],
    bound: { atMost: 1_500 },
  },
];

/** A goal and the result of a run. */
export interface Verdict extends Goal {
  /** The ratio, or the figure itself. Its median must meet the bound. */
  readonly reached: Spread;
  readonly met: "yes" | "no" | "only at a smaller size" | "too few cores";
}

/**
 * Judges the goals whose figures were measured, and leaves the others out. Compares figures within each round: a machine that slows down
 * from one round to the next slows both down.
 */
export function judge(
  results: readonly BenchResult[],
  sizes: Sizes = defaultSizes,
  cores = availableParallelism(),
): Verdict[] {
  return goals.flatMap((goal) => {
    const of = roundsAt(results, goal.of);
    const to = goal.to === undefined ? of.map(() => 1) : roundsAt(results, goal.to);
    const ratios = of.map((figure, round) => figure / (to[round] ?? Number.NaN)).filter(Number.isFinite);
    if (ratios.length === 0) return [];
    const reached = spreadOf(ratios);
    const enough = "atLeast" in goal.bound ? reached.median >= goal.bound.atLeast : reached.median <= goal.bound.atMost;
    const small = goal.atSize !== undefined && sizes[goal.atSize] < defaultSizes[goal.atSize];
    const met = enough
      ? small
        ? "only at a smaller size"
        : "yes"
      : cores < (goal.atCores ?? 0)
        ? "too few cores"
        : "no";
    return [{ ...goal, reached, met }];
  });
}

/** A figure in each round; NaN where it could not be measured. */
function roundsAt(results: readonly BenchResult[], [scenario, variant, figure]: Place): number[] {
  const result = results.find((candidate) => candidate.scenario === scenario && candidate.variant === variant);
  return result?.rounds.map((round) => round[figure] ?? Number.NaN) ?? [];
}
