import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { type Deployment, loadKey, quiet, withLoadKey } from "./deployment.ts";

export interface StandaloneOptions {
  /** A database file to copy and start with; without it the database is empty. */
  readonly copyOf?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Serve without a key, instead of with the load tests' key. */
  readonly keyless?: boolean;
  /** Serve with `apps/holdfast/dist`, as a program that was installed from npm does, instead of from the sources. */
  readonly built?: boolean;
}

export interface StandaloneDeployment extends Deployment {
  readonly databasePath: string;
}

/** Starts a standalone process on a SQLite file that is removed when it stops. */
export async function startStandalone({
  copyOf,
  env = {},
  keyless = false,
  built = false,
}: StandaloneOptions = {}): Promise<StandaloneDeployment> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-load-"));
  const databasePath = join(folder, "holdfast.db");
  try {
    if (copyOf !== undefined) await copyFile(copyOf, databasePath);
    const port = await freePort();
    const app = await spawnNode({
      ...(built
        ? { entry: "apps/holdfast/dist/main.js", arguments: ["serve"] }
        : { entry: "apps/standalone/src/start.js" }),
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
