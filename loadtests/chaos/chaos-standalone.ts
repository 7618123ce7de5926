import { join } from "node:path";
import { quiet } from "../deployments/deployment.ts";
import { withLoadKey } from "../deployments/load-key.ts";
import { type RestartableApp, startRestartable } from "./restartable-app.ts";

/** A standalone that may be killed, on a database file in `folder`. */
export function startChaosStandalone(folder: string): Promise<RestartableApp> {
  const database = { DATABASE_URL: `file:${join(folder, "chaos.db")}`, DEMO_CATALOGUE: "off" };
  return startRestartable("apps/standalone/src/main.ts", "PORT", {
    ...quiet,
    ...withLoadKey,
    ...database,
    SWEEP_INTERVAL_MS: "1000",
  });
}
