import { loadKey } from "../deployments/deployment.ts";
import { type LoadResult, runScenario } from "../run-scenario.ts";
import { watchMemory } from "./resident-memory.ts";

/** The server to overload. */
export interface OverloadedServer {
  readonly url: string;
  readonly pid: number;
}

/** The result of one arrival rate. */
export interface Stage {
  /** The rate as a multiple of the server's capacity; 0 while searching for the capacity. */
  readonly factor: number;
  /** Planned orders per second. */
  readonly offered: number;
  /** The share that k6 really sent. It drops some if all its shoppers wait, or if it lacks processor time. */
  readonly sentShare: number;
  /** Orders per second that were answered with 201 in time. */
  readonly goodput: number;
  readonly shed: number;
  /** 95th percentile of the wait for a 503, in milliseconds. */
  readonly shedMsP95: number;
  /** The peak memory of the server, in MiB. */
  readonly rssMib: number;
  /** What was wrong with the answers or the stock. */
  readonly faults: readonly string[];
}

export interface OverloadOptions {
  readonly server: OverloadedServer;
  /** Orders per second that it can certainly do. The search begins here. */
  readonly easyRate: number;
  readonly seconds: number;
  /** Answers that take longer do not count. Milliseconds. */
  readonly deadlineMs: number;
  /** How many shoppers may wait at a time. Beyond that k6 drops arrivals. Each shopper costs it memory and time. */
  readonly shoppersMax: number;
  readonly factors?: readonly number[];
  readonly onStage?: (stage: Stage) => void;
}

export interface OverloadReport {
  /** The capacity: the most orders per second in any stage. */
  readonly peak: number;
  /** The stages at the given multiples of the capacity. */
  readonly stages: readonly Stage[];
  /** The stage at half the capacity, right after the worst one. */
  readonly recovered: Stage;
}

/** The share of arrivals that a server answers in time if it keeps up. */
const keptUp = 0.9;

/** Finds the capacity of a server, sends several times as much, and checks that the server recovers by itself. */
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
