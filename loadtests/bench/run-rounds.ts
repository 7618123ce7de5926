import type { BenchOptions } from "./bench-options.ts";
import { type BenchResult, benchResult } from "./bench-result.ts";
import { figureText } from "./figures.ts";
import type { LoadScenario, RoundResult } from "./scenario.ts";
import type { BenchDeployment } from "./variants/bench-deployment.ts";
import type { VariantName } from "./variants/index.ts";

/** Measures one scenario on every deployment in turn, round by round, so that a slow machine slows all of them. */
export async function runRounds(
  scenario: LoadScenario,
  deployments: ReadonlyMap<VariantName, BenchDeployment>,
  { rounds, seconds, warmUpSeconds, connections, sizes }: BenchOptions,
  tell: (line: string) => void,
): Promise<BenchResult[]> {
  const nameOf = (round: string, variant: string) => `${scenario.name}-${Date.now().toString(36)}-${round}-${variant}`;
  // Long enough for the just-in-time compiler.
  const warmUp = { connections, sizes, seconds: warmUpSeconds, perSecond: undefined };
  for (const [variant, deployment] of deployments) {
    await (scenario.warmUp ?? scenario.run)({ ...warmUp, variant, deployment, run: nameOf("warm-up", variant) });
  }
  const pressure = { connections, seconds, sizes };
  const loads = await scenario.loads?.(deployments, { ...pressure, run: nameOf("loads", "all") });
  const byVariant = new Map<VariantName, RoundResult[]>([...deployments.keys()].map((variant) => [variant, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const inTurn = [...deployments];
    // Reverse the order in every other round, so that no variant always follows the same one.
    for (const [variant, deployment] of round % 2 === 1 ? inTurn : inTurn.toReversed()) {
      const run = nameOf(String(round), variant);
      const result = await scenario.run({ ...pressure, variant, deployment, run, perSecond: loads?.get(variant) });
      byVariant.get(variant)?.push(result);
      tell(`  round ${round} ${variant}: ${figureText("rate", result.figures.rate ?? Number.NaN)}`);
    }
  }
  return [...byVariant].map(([variant, measured]) => benchResult(scenario.name, variant, measured));
}
