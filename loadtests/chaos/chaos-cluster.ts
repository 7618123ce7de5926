import {
  freePort,
  type MongoService,
  type RedisService,
  spawnNode,
  startMongo,
  startRedis,
} from "@holdfast/test-services";
import { withDatabase } from "../deployments/cluster.ts";
import { quiet } from "../deployments/deployment.ts";

/** One of our processes, on a port that it keeps through every crash. */
export interface RestartableApp {
  readonly url: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, and waits until it is ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A whole deployment whose every part may be broken and mended. */
export interface ChaosCluster {
  readonly mongo: MongoService;
  readonly redis: RedisService;
  readonly apis: readonly RestartableApp[];
  readonly worker: RestartableApp;
  stop(): Promise<void>;
}

/** MongoDB, Redis, two APIs and a worker, with a database of their own. */
export async function startChaosCluster(): Promise<ChaosCluster> {
  const [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
  const env = { ...quiet, DATABASE_URL: withDatabase(mongo.url, "chaos"), REDIS_URL: redis.url };
  const worker = await restartable("apps/worker/src/main.ts", "HEALTH_PORT", { ...env, SWEEP_INTERVAL_MS: "1000" });
  const apis = [
    await restartable("apps/api/src/main.ts", "PORT", env),
    await restartable("apps/api/src/main.ts", "PORT", env),
  ];
  return {
    mongo,
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

async function restartable(entry: string, portName: string, env: Record<string, string>): Promise<RestartableApp> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const spawn = () => spawnNode({ entry, env: { ...env, [portName]: port }, readyUrl: `${url}/healthz` });
  let app = await spawn();
  return {
    url,
    kill: () => app.kill(),
    async start() {
      app = await spawn();
    },
    async stop() {
      await app.stop();
    },
  };
}
