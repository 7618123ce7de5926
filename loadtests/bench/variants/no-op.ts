import { type BenchDeployment, idleAtOnce } from "./bench-deployment.ts";
import { spawnBenchServer } from "./spawn-bench-server.ts";

/** The app with an engine that does nothing, as its own process. */
export async function startNoOp(): Promise<BenchDeployment> {
  const { url, ...server } = await spawnBenchServer("no-op-server", {});
  return { urls: [url], ...server, keepsStock: false, idle: idleAtOnce };
}
