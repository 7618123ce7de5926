import { loadKey } from "../deployments/load-key.ts";
import { type LoadResult, runScenario } from "../run-scenario.ts";
import { watchMemory } from "./resident-memory.ts";

/** A server that is to be given more than it can do. */
export interface OverloadedServer {
  readonly url: string;
  readonly pid: number;
}

/** What came of one rate of arrivals. */
export interface Stage {
  /** Times what the server can do; 0 while that is being found out. */
  readonly factor: number;
  /** Orders that were to arrive a second. */
  readonly offered: number;
  /** The share of them that k6 did send: with all its shoppers waiting, or without the CPU for it, it drops some. */
  readonly sentShare: number;
  /** Orders a second that were answered with 201 in time. */
  readonly goodput: number;
  readonly shed: number;
  /** How long refused requests waited for their 503: 95 % of them no longer. Milliseconds. */
  readonly shedMsP95: number;
  /** The most that the server held, in MiB. */
  readonly rssMib: number;
  /** What was wrong with answers or stock. */
  readonly faults: readonly string[];
}

export interface OverloadOptions {
  readonly server: OverloadedServer;
  /** Orders a second that it can surely do: where the search begins. */
  readonly easyRate: number;
  readonly seconds: number;
  /** An answer that takes longer is worth nothing. Milliseconds. */
  readonly deadlineMs: number;
  /** Shoppers waiting at one time at most. Past it k6 drops arrivals; each costs it memory and time, too. */
  readonly shoppersMax: number;
  readonly factors?: readonly number[];
  readonly onStage?: (stage: Stage) => void;
}

export interface OverloadReport {
  /** The most orders a second that it did in any stage: what it can do. */
  readonly peak: number;
  /** At the given factors of what was found to be its capacity. */
  readonly stages: readonly Stage[];
  /** At half its capacity, right after the worst. */
  readonly recovered: Stage;
}

/** The share of what arrives that a server does in time where it keeps up. */
const keptUp = 0.9;

/** Finds out what a server can do, gives it several times that, and looks whether it recovers by itself. */
export async function runOverload(options: OverloadOptions): Promise<OverloadReport> {
  const { easyRate, factors = [1, 2, 5, 10], onStage = () => {} } = options;
  const run = async (factor: number, rate: number) => {
    const stage = await runStage(options, factor, Math.round(rate));
    onStage(stage);
    return stage;
  };
  let capacity = 0;
  for (let rate = easyRate; ; rate *= 2) {
    const { goodput } = await run(0, rate);
    capacity = Math.max(capacity, goodput);
    if (goodput < keptUp * rate) break;
  }
  const stages: Stage[] = [];
  for (const factor of factors) stages.push(await run(factor, factor * capacity));
  const recovered = await run(0.5, capacity / 2);
  return { peak: Math.max(capacity, ...stages.map(({ goodput }) => goodput)), stages, recovered };
}

async function runStage(options: OverloadOptions, factor: number, offered: number): Promise<Stage> {
  const { server, seconds, deadlineMs, shoppersMax } = options;
  const memory = watchMemory(server.pid);
  const result = await runScenario({
    name: "overload",
    urls: [server.url],
    apiKey: loadKey,
    sizes: { RATE: offered, SECONDS: seconds, DEADLINE_MS: deadlineMs, AT_ONCE: shoppersMax },
  });
  const { metrics, counts } = result;
  const dropped = metrics["dropped_iterations"]?.["count"] ?? 0;
  return {
    factor,
    offered,
    sentShare: 1 - dropped / (offered * seconds),
    goodput: metrics["in_time"]?.["count"] ?? 0,
    shed: counts.shed,
    shedMsP95: metrics["shed_ms"]?.["p(95)"] ?? 0,
    rssMib: await memory.stop(),
    faults: faultsOf(result),
  };
}

function faultsOf({ complaints, audit }: LoadResult): string[] {
  return [...complaints, ...audit.breaches.map(({ rule, says }) => `${rule}: ${says}`)];
}
