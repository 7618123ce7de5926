import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { quiet, withLoadKey } from "../deployments/deployment.ts";
import type { OverloadedServer } from "./overload.ts";

const entries = {
  "slow database": "loadtests/overload/slow-server.ts",
  standalone: "apps/standalone/src/main.ts",
} as const;

/** Starts one of the two servers to overload, on a fresh SQLite file that is removed when it stops. */
export async function startOverloaded(
  which: keyof typeof entries,
): Promise<OverloadedServer & { stop(): Promise<number | null> }> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-overload-"));
  const port = String(await freePort());
  const file = join(folder, "holdfast.db");
  const app = await spawnNode({
    entry: entries[which],
    env: {
      ...quiet,
      ...withLoadKey,
      PORT: port,
      DATABASE_FILE: file,
      DATABASE_URL: `file:${file}`,
      DEMO_CATALOGUE: "off",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  return {
    url: app.url,
    pid: app.pid,
    async stop() {
      const exitCode = await app.stop();
      await rm(folder, { recursive: true, force: true });
      return exitCode;
    },
  };
}
