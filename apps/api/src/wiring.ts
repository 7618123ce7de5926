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
import { type OwnDesk, ownDesk } from "./threads/engine-desk.ts";

/** The adapters of the API process. */
export interface Wiring {
  /** Rejects while the database is away; ask again. */
  openDatabase(): Promise<Database>;
  /** The parts of the process on an opened database: its app's, and what its threads ask for. */
  parts(database: Database): ApiParts;
  close(): Promise<void>;
}

export interface ApiParts extends AppParts {
  readonly engine: Engine;
  readonly desk: OwnDesk;
  readonly registry: Registry;
}

/** The adapters of the API process. Without `REDIS_URL` there are no hints. */
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
      const databaseIsWell = databaseHealth(writes);
      const engine = new Engine({
        store,
        newBatchId: newId,
        observer: observers(observer, writes),
        ...(afterCommit && { afterCommit }),
        ...(redis && { turns: redis.turns }),
      });
      watch(engine);
      const ownLimiter = new MemoryRateLimiter();
      return {
        engine,
        registry,
        desk: ownDesk(engine, ownLimiter, databaseIsWell),
        queries,
        cache: redis?.cache ?? noReservationCache,
        apiKeys,
        rateLimiter: redis?.rateLimiter(ownLimiter) ?? ownLimiter,
        newId,
        logger,
        settings: appSettings(config),
        metrics: appMetrics(registry),
        health: [databaseIsWell, ...(redis ? [redisHealth(redis)] : [])],
      };
    },
    close: async () => redis?.close(),
  };
}
