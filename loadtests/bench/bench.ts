import { sharedServices } from "@holdfast/test-services";
import type { BenchOptions } from "./bench-options.ts";
import { type BenchResult, benchResult } from "./bench-result.ts";
import { runRounds } from "./run-rounds.ts";
import type { BenchScenario, ProcessScenario, RoundResult } from "./scenario.ts";
import type { BenchDeployment, BenchServices } from "./variants/bench-deployment.ts";
import { type VariantName, variants } from "./variants/index.ts";

/** Redis has so many databases unless it is told otherwise. */
const redisDatabases = 16;

export interface BenchListeners {
  /** Hears what is going on, line by line. */
  readonly tell: (line: string) => void;
  /** Gets all results so far after each scenario: what fails later must not lose them. */
  readonly keep?: (results: readonly BenchResult[]) => Promise<void>;
  /** Servers that the caller has already. */
  readonly given?: { readonly mongoUrl: string; readonly redisUrl: string };
}

/**
 * Runs the scenarios one after another, each on deployments of its own: what one has written does not slow the next one.
 * MongoDB and Redis are started where a variant needs them and nobody gives them.
 */
export async function bench(options: BenchOptions, { tell, keep, given }: BenchListeners): Promise<BenchResult[]> {
  const needsServers = options.scenarios.some((scenario) =>
    variantsOf(scenario, options).some((name) => variants[name].needsServers),
  );
  const servers = needsServers && given === undefined ? await sharedServices() : undefined;
  const { mongoUrl, redisUrl } = given ?? servers ?? { mongoUrl: "", redisUrl: "" };
  let deployments = 0;
  const nextRedisUrl = () => {
    deployments += 1;
    const url = new URL(redisUrl);
    url.pathname = `/${deployments % redisDatabases}`;
    return url.href;
  };
  const services = { mongoUrl, redisUrl, nextRedisUrl, bench: newName(), sizes: options.sizes };
  const results: BenchResult[] = [];
  try {
    for (const scenario of options.scenarios) {
      results.push(...(await runScenario(scenario, options, services, tell)));
      await keep?.(results);
    }
  } finally {
    await servers?.stop();
  }
  return results;
}

async function runScenario(
  scenario: BenchScenario,
  options: BenchOptions,
  services: BenchServices,
  tell: (line: string) => void,
): Promise<BenchResult[]> {
  const names = variantsOf(scenario, options);
  if (names.length === 0) return [];
  tell(`\n${scenario.name}: ${scenario.says}`);
  if (scenario.kind === "process") return [await runProcesses(scenario, options, services.bench, tell)];
  const deployments = new Map<VariantName, BenchDeployment>();
  try {
    for (const name of names) deployments.set(name, await variants[name].start(services));
    return await runRounds(scenario, deployments, options, tell);
  } finally {
    for (const deployment of deployments.values()) await deployment.stop();
  }
}

async function runProcesses(
  scenario: ProcessScenario,
  { rounds, connections, seconds, sizes }: BenchOptions,
  name: string,
  tell: (line: string) => void,
): Promise<BenchResult> {
  const measured: RoundResult[] = [];
  for (let round = 1; round <= Math.min(rounds, scenario.roundsMax); round += 1) {
    const result = await scenario.run({ run: `${scenario.name}-${name}-${round}`, connections, seconds, sizes });
    measured.push(result);
    tell(`  round ${round}: ${JSON.stringify(result.figures)}`);
  }
  return benchResult(scenario.name, scenario.variants[0], measured);
}

function variantsOf(scenario: BenchScenario, { variants: wanted }: BenchOptions): VariantName[] {
  return scenario.variants.filter((name) => wanted.includes(name));
}

/** New for each bench: a server that somebody gives may hold what an earlier one has left. */
function newName(): string {
  return `bench-${Date.now().toString(36)}`;
}
