import { type BenchDeployment, idleAtOnce } from "./bench-deployment.ts";
import { spawnBenchServer } from "./spawn-bench-server.ts";

/** The app over an engine that does nothing, in a process of its own. */
export async function startNoOp(): Promise<BenchDeployment> {
  const { url, ...server } = await spawnBenchServer("no-op-server", {});
  return { urls: [url], ...server, keepsStock: false, idle: idleAtOnce };
}
