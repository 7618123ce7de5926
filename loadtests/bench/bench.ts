import { sharedServices } from "@holdfast/test-services";
import type { BenchOptions } from "./bench-options.ts";
import { type BenchResult, benchResult } from "./bench-result.ts";
import { runRounds } from "./run-rounds.ts";
import type { LoadScenario, ProcessScenario, RoundResult } from "./scenario.ts";
import type { BenchDeployment, BenchServices } from "./variants/bench-deployment.ts";
import { type VariantName, variants } from "./variants/index.ts";

/** The default number of databases of a Redis. */
const redisDatabases = 16;

export interface BenchListeners {
  /** Called with each line of progress. */
  readonly tell: (line: string) => void;
  /** Called with all results so far after each scenario, so that a later failure does not lose them. */
  readonly keep?: (results: readonly BenchResult[]) => Promise<void>;
  /** Servers to use instead of new ones. */
  readonly given?: { readonly mongoUrl: string; readonly redisUrl: string };
}

/**
 * Runs the scenarios one after another, each on new deployments and servers, so that the data of one does not slow the next one down.
 * Given servers, here or in the environment, keep their databases, which are named `bench-...`.
 */
export async function bench(options: BenchOptions, { tell, keep, given }: BenchListeners): Promise<BenchResult[]> {
  const name = newName();
  const results: BenchResult[] = [];
  for (const scenario of options.scenarios) {
    const names = scenario.variants.filter((variant) => options.variants.includes(variant));
    if (names.length === 0) continue;
    tell(`\n${scenario.name}: ${scenario.says}`);
    if (scenario.kind === "process") results.push(await runProcesses(scenario, options, name, tell));
    else {
      const needsServers = names.some((variant) => variants[variant].needsServers);
      const servers = needsServers && given === undefined ? await sharedServices() : undefined;
      try {
        const services = servicesOf(given ?? servers, `${name}-${scenario.name}`, options, scenario.env);
        results.push(...(await runOn(services, scenario, names, options, tell)));
      } finally {
        await servers?.stop();
      }
    }
    await keep?.(results);
  }
  return results;
}

async function runOn(
  services: BenchServices,
  scenario: LoadScenario,
  names: readonly VariantName[],
  options: BenchOptions,
  tell: (line: string) => void,
): Promise<BenchResult[]> {
  const deployments = new Map<VariantName, BenchDeployment>();
  try {
    for (const name of names) deployments.set(name, await variants[name].start(services));
    return await runRounds(scenario, deployments, options, tell);
  } finally {
    for (const deployment of deployments.values()) await deployment.stop();
  }
}

function servicesOf(
  servers: { readonly mongoUrl: string; readonly redisUrl: string } | undefined,
  bench: string,
  { sizes }: BenchOptions,
  env: BenchServices["env"] = {},
): BenchServices {
  const { mongoUrl, redisUrl } = servers ?? { mongoUrl: "", redisUrl: "" };
  let deployments = 0;
  const nextRedisUrl = () => {
    deployments += 1;
    const url = new URL(redisUrl);
    url.pathname = `/${deployments % redisDatabases}`;
    return url.href;
  };
  return { mongoUrl, redisUrl, nextRedisUrl, bench, sizes, env };
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

/** New for each bench, since a given server may still hold the databases of an earlier one. */
function newName(): string {
  return `bench-${Date.now().toString(36)}`;
}
