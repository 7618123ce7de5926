import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { type Deployment, quiet } from "./deployment.ts";

/** The standalone in a process of its own, on a fresh SQLite file that goes when it stops. */
export async function startStandalone(): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-load-"));
  const port = await freePort();
  const app = await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: {
      ...quiet,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: `file:${join(folder, "holdfast.db")}`,
      DEMO_CATALOGUE: "off",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  return {
    urls: [app.url],
    async stop() {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
