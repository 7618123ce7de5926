import { freePort, spawnNode } from "@holdfast/test-services";
import { loadKey } from "../../deployments/load-key.ts";

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
