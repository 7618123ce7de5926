import { setTimeout as wait } from "node:timers/promises";
import { freePort, spawnNode } from "@holdfast/test-services";
import { withDatabase } from "../../deployments/cluster.ts";
import { loadKey } from "../../deployments/deployment.ts";
import { type BenchDeployment, type BenchServices, idleAtOnce } from "./bench-deployment.ts";

const lookEveryMs = 50;

/** The service as it is usually written, see classic-server.ts. */
export async function startClassic({ mongoUrl, bench }: BenchServices): Promise<BenchDeployment> {
  const databaseUrl = withDatabase(mongoUrl, `${bench}-classic`);
  const { url, ...server } = await spawnBenchServer("classic-server", { DATABASE_URL: databaseUrl });
  const inFlight = async () => {
    const response = await fetch(`${url}/bench/in-flight`);
    return ((await response.json()) as { inFlight: number }).inFlight;
  };
  return {
    urls: [url],
    keepsStock: true,
    async idle() {
      // Requests whose clients have left still try to commit, and give up after commitMsMax.
      while ((await inFlight()) > 0) await wait(lookEveryMs);
    },
    ...server,
  };
}

/** A server without stock, as its own process: `no-op-server` or `bare-server`. Without a key the `no-op` lets everyone in. */
export async function startWithoutStock(
  name: "no-op-server" | "bare-server",
  { keyless = false } = {},
): Promise<BenchDeployment> {
  const { url, apiKey, stop } = await spawnBenchServer(name, { KEYLESS: keyless ? "1" : "" });
  return { urls: [url], ...(!keyless && { apiKey }), stop, keepsStock: false, idle: idleAtOnce };
}

/** Starts a server of this folder as its own process. */
export async function spawnBenchServer(name: string, env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const server = await spawnNode({
    entry: `loadtests/bench/variants/${name}.ts`,
    env: { ...env, PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/healthz`,
  });
  return { url: server.url, apiKey: loadKey, stop: async () => void (await server.stop()) };
}
