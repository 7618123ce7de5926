import type { BenchOptions } from "./bench-options.ts";
import { type BenchResult, benchResult } from "./bench-result.ts";
import type { BenchDeployment, VariantName } from "./deployments.ts";
import type { RoundResult } from "./round.ts";

/** Long enough for the compiler to have seen the code that is measured. */
const warmUpSeconds = 1;

/** Measures every scenario on every deployment, round by round in turn: what slows the machine down slows them all. */
export async function runRounds(
  deployments: ReadonlyMap<VariantName, BenchDeployment>,
  { scenarios, rounds, seconds, connections }: BenchOptions,
  tell: (line: string) => void,
): Promise<BenchResult[]> {
  // New for each bench: the databases may not be.
  const bench = Date.now().toString(36);
  for (const [variant, deployment] of deployments) {
    await scenarios[0]?.run({ deployment, run: `warm-up-${bench}-${variant}`, connections, seconds: warmUpSeconds });
    tell(`warmed up ${variant}`);
  }
  const results: BenchResult[] = [];
  for (const scenario of scenarios) {
    const byVariant = new Map<VariantName, RoundResult[]>([...deployments.keys()].map((variant) => [variant, []]));
    for (let round = 1; round <= rounds; round += 1) {
      const inTurn = [...deployments];
      // There and back again, so that nobody always comes after the same neighbour.
      for (const [variant, deployment] of round % 2 === 1 ? inTurn : inTurn.toReversed()) {
        const run = `${scenario.name}-${bench}-${round}-${variant}`;
        const result = await scenario.run({ deployment, run, connections, seconds });
        byVariant.get(variant)?.push(result);
        tell(`${scenario.name} round ${round} ${variant}: ${result.rate.toFixed(1)}/s`);
      }
    }
    for (const [variant, measured] of byVariant) results.push(benchResult(scenario.name, variant, measured));
  }
  return results;
}
