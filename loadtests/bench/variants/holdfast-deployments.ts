import { openMongo } from "@holdfast/infra-mongo";
import { openSqlite } from "@holdfast/infra-sqlite";
import { startCluster, withDatabase } from "../../deployments/cluster.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import type { StandaloneDeployment } from "../../deployments/standalone.ts";
import { type BenchDeployment, type BenchServices, idleAtOnce } from "./bench-deployment.ts";

/** MongoDB and Redis with this many APIs and one worker, on a new database. */
export async function startMongoVariant(
  services: BenchServices,
  apis: number,
  keyless = false,
): Promise<BenchDeployment> {
  const mongoUrl = withDatabase(services.mongoUrl, `${services.bench}-service-${apis}${keyless ? "-keyless" : ""}`);
  const cluster = await startCluster({ mongoUrl, redisUrl: services.nextRedisUrl(), apis, keyless, env: services.env });
  return {
    ...cluster,
    keepsStock: true,
    idle: idleAtOnce,
    openDatabase: () => openMongo({ url: mongoUrl }),
  };
}

/** The standalone under the bench. */
export function benchStandalone(deployment: StandaloneDeployment): BenchDeployment {
  const { databasePath } = deployment;
  const openDatabase = () => openSqlite({ path: databasePath });
  return { ...deployment, keepsStock: true, idle: idleAtOnce, openDatabase };
}

/** The edge under the bench. Its object alone can open its database. */
export function benchEdge(deployment: Deployment): BenchDeployment {
  return { ...deployment, keepsStock: true, idle: idleAtOnce };
}
