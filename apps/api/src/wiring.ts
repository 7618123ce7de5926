import {
  type Database,
  Engine,
  idsByTime,
  logStep,
  noReservationCache,
  observers,
  reservationHints,
  WriteHealth,
} from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { openRedis } from "@holdfast/infra-redis";
import { appMetrics, engineMetrics, processMetrics, Registry, redisMetrics } from "@holdfast/metrics";
import type { Logger } from "pino";
import type { AppParts } from "./app-parts.ts";
import { type ApiConfig, appSettings } from "./config.ts";
import { databaseHealth, redisHealth } from "./health.ts";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";

/** The adapters of the API process. */
export interface Wiring {
  /** Rejects while the database is away; ask again. */
  openDatabase(): Promise<Database>;
  /** The app's parts on an opened database. */
  parts(database: Database): AppParts & { readonly engine: Engine };
  close(): Promise<void>;
}

/** The only file of this app that names adapters. Without `REDIS_URL` there are no hints. */
export function wire(config: ApiConfig, logger: Logger): Wiring {
  const newId = idsByTime();
  const redis = config.REDIS_URL === undefined ? undefined : openRedis({ url: config.REDIS_URL, logger });
  return {
    openDatabase: () => openMongo({ url: config.DATABASE_URL }, { onStep: logStep(logger) }),
    parts({ store, queries, apiKeys, probe }) {
      const afterCommit = redis && reservationHints(redis.cache, redis.wakeups);
      const registry = new Registry();
      processMetrics(registry, "api");
      if (redis) redisMetrics(registry, () => redis.reachable);
      const { observer, watch } = engineMetrics(registry, "api");
      const writes = new WriteHealth(probe);
      const engine = new Engine({
        store,
        newBatchId: newId,
        observer: observers(observer, writes),
        ...(afterCommit && { afterCommit }),
        ...(redis && { turns: redis.turns }),
      });
      watch(engine);
      return {
        engine,
        queries,
        cache: redis?.cache ?? noReservationCache,
        apiKeys,
        rateLimiter: redis?.rateLimiter(new MemoryRateLimiter()) ?? new MemoryRateLimiter(),
        newId,
        logger,
        settings: appSettings(config),
        metrics: appMetrics(registry),
        health: [databaseHealth(writes), ...(redis ? [redisHealth(redis)] : [])],
      };
    },
    close: async () => redis?.close(),
  };
}
