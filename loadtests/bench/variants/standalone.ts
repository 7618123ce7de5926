import { openSqlite } from "@holdfast/infra-sqlite";
import type { StandaloneDeployment } from "../../deployments/standalone.ts";
import { type BenchDeployment, idleAtOnce } from "./bench-deployment.ts";

/** The standalone under the bench. */
export function benchStandalone(deployment: StandaloneDeployment): BenchDeployment {
  const { databasePath } = deployment;
  const openDatabase = () => openSqlite({ path: databasePath });
  return { ...deployment, keepsStock: true, idle: idleAtOnce, openDatabase };
}
