import { type MongoService, type RedisService, startMongo, startRedis } from "@holdfast/test-services";
import { withDatabase } from "../deployments/cluster.ts";
import { quiet, withLoadKey } from "../deployments/deployment.ts";
import { type RestartableApp, startRestartable } from "./restartable-app.ts";

/** A deployment of which every part can be broken and repaired. */
export interface ChaosCluster {
  readonly mongo: MongoService;
  readonly databaseUrl: string;
  readonly redis: RedisService;
  readonly apis: readonly RestartableApp[];
  readonly worker: RestartableApp;
  stop(): Promise<void>;
}

/** Starts MongoDB, Redis, two APIs and a worker on a new database. */
export async function startChaosCluster(): Promise<ChaosCluster> {
  const [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
  const databaseUrl = withDatabase(mongo.url, "chaos");
  const env = { ...quiet, DATABASE_URL: databaseUrl, REDIS_URL: redis.url };
  const worker = await startRestartable("apps/worker/src/main.ts", "HEALTH_PORT", {
    ...env,
    SWEEP_INTERVAL_MS: "1000",
  });
  const apis = [
    await startRestartable("apps/api/src/main.ts", "PORT", { ...env, ...withLoadKey }),
    await startRestartable("apps/api/src/main.ts", "PORT", { ...env, ...withLoadKey }),
  ];
  return {
    mongo,
    databaseUrl,
    redis,
    apis,
    worker,
    async stop() {
      await Promise.all(apis.map((api) => api.stop()));
      await worker.stop();
      await Promise.all([mongo.stop(), redis.stop()]);
    },
  };
}
