import { join } from "node:path";
import { quiet, withLoadKey } from "../deployments/deployment.ts";
import { type RestartableApp, startRestartable } from "./restartable-app.ts";

/** A standalone that can be killed, on a database file in `folder`. `env`: more variables for it. */
export function startChaosStandalone(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RestartableApp> {
  const database = { DATABASE_URL: `file:${databaseIn(folder)}`, DEMO_CATALOGUE: "off" };
  return startRestartable("apps/standalone/src/main.ts", "PORT", {
    ...quiet,
    ...withLoadKey,
    ...database,
    ...env,
    SWEEP_INTERVAL_MS: "1000",
  });
}

/** The path of its database. */
export function databaseIn(folder: string): string {
  return join(folder, "chaos.db");
}
