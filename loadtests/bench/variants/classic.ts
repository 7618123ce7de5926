import { setTimeout as wait } from "node:timers/promises";
import { withDatabase } from "../../deployments/cluster.ts";
import type { BenchDeployment, BenchServices } from "./bench-deployment.ts";
import { spawnBenchServer } from "./spawn-bench-server.ts";

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
