import { setTimeout as wait } from "node:timers/promises";
import { freePort, spawnNode } from "@holdfast/test-services";
import { startCluster, withDatabase } from "../deployments/cluster.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { startStandalone } from "../deployments/standalone.ts";

export interface BenchDeployment extends Deployment {
  /** Whether it keeps stock that can be audited. */
  readonly keepsStock: boolean;
  /** Waits until it works on no request any more, so that the next round has the machine to itself. */
  idle(): Promise<void>;
}

export interface BenchServices {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  /** Names this bench's databases. */
  readonly bench: string;
}

/** Everything that is measured side by side, with what it is. */
export const variants = {
  "no-op": { says: "the same app, with an engine that answers at once", start: startNoop },
  standalone: { says: "SQLite, one process", start: () => startStandalone().then(audited) },
  mongo: { says: "MongoDB + Redis, one API and one worker", start: startMongoVariant },
  classic: { says: "MongoDB, one transaction per request", start: startClassic },
} as const satisfies Record<string, { says: string; start: (services: BenchServices) => Promise<BenchDeployment> }>;

export type VariantName = keyof typeof variants;

export const variantNames = Object.keys(variants) as readonly VariantName[];

/** Group commit answers what it has within one commit: it is idle as soon as its last answer is out. */
function audited(deployment: Deployment): BenchDeployment {
  return { ...deployment, keepsStock: true, idle: async () => {} };
}

function startMongoVariant({ mongoUrl, redisUrl, bench }: BenchServices): Promise<BenchDeployment> {
  return startCluster({ mongoUrl: withDatabase(mongoUrl, `${bench}-service`), redisUrl, apis: 1 }).then(audited);
}

async function startNoop(): Promise<BenchDeployment> {
  const { url, stop } = await startBenchServer("noop-server", {});
  return { urls: [url], stop, keepsStock: false, idle: async () => {} };
}

async function startClassic({ mongoUrl, bench }: BenchServices): Promise<BenchDeployment> {
  const { url, stop } = await startBenchServer("classic-server", {
    DATABASE_URL: withDatabase(mongoUrl, `${bench}-classic`),
  });
  const inFlight = async () => {
    const response = await fetch(`${url}/bench/in-flight`);
    return ((await response.json()) as { inFlight: number }).inFlight;
  };
  const idle = async () => {
    // Requests whose clients have gone still fight for their commits, and give up after commitMsMax.
    while ((await inFlight()) > 0) await wait(50);
  };
  return { urls: [url], stop, keepsStock: true, idle };
}

async function startBenchServer(name: string, env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const server = await spawnNode({
    entry: `loadtests/bench/${name}.ts`,
    env: { ...env, PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/healthz`,
  });
  return { url: server.url, stop: async () => void (await server.stop()) };
}
