import { openMongo } from "@holdfast/infra-mongo";
import { startCluster, withDatabase } from "../../deployments/cluster.ts";
import { type BenchDeployment, type BenchServices, idleAtOnce } from "./bench-deployment.ts";
import { dropDatabase } from "./drop-database.ts";

let started = 0;

/** MongoDB and Redis with so many APIs and one worker, on a database of its own that goes when it stops. */
export async function startMongoVariant(services: BenchServices, apis: number): Promise<BenchDeployment> {
  started += 1;
  const mongoUrl = withDatabase(services.mongoUrl, `${services.bench}-service-${started}`);
  const cluster = await startCluster({ mongoUrl, redisUrl: services.nextRedisUrl(), apis });
  return {
    urls: cluster.urls,
    keepsStock: true,
    idle: idleAtOnce,
    openDatabase: () => openMongo({ url: mongoUrl }),
    async stop() {
      await cluster.stop();
      await dropDatabase(mongoUrl);
    },
  };
}
