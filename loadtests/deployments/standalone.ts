import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { type Deployment, quiet } from "./deployment.ts";
import { loadKey, withLoadKey } from "./load-key.ts";

export interface StandaloneOptions {
  /** A database file to begin with, which stays as it is; without it the database is empty. */
  readonly copyOf?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Let everybody in, rather than who has the load tests' key. */
  readonly keyless?: boolean;
}

export interface StandaloneDeployment extends Deployment {
  readonly databasePath: string;
}

/** The standalone in a process of its own, on a SQLite file of its own that goes when it stops. */
export async function startStandalone({
  copyOf,
  env = {},
  keyless = false,
}: StandaloneOptions = {}): Promise<StandaloneDeployment> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-load-"));
  const databasePath = join(folder, "holdfast.db");
  try {
    if (copyOf !== undefined) await copyFile(copyOf, databasePath);
    const port = await freePort();
    const app = await spawnNode({
      entry: "apps/standalone/src/main.ts",
      env: {
        ...quiet,
        PORT: String(port),
        HOST: "127.0.0.1",
        DATABASE_URL: `file:${databasePath}`,
        DEMO_CATALOGUE: "off",
        ...(!keyless && withLoadKey),
        FEED_READERS_PER_KEY_MAX: "0", // one key stands for the keys of many readers
        ...env,
      },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    return {
      urls: [app.url],
      ...(!keyless && { apiKey: loadKey }),
      databasePath,
      async stop() {
        await app.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
