import { idsByTime, noReservationCache } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { openRedis } from "@holdfast/infra-redis";
import type { Logger } from "pino";
import { apiApp } from "./api-app.ts";
import { type ApiConfig, appSettings } from "./config.ts";
import { redisHealth } from "./health.ts";
import type { EngineDesk } from "./threads/engine-desk.ts";
import { type SharedParts, type ThreadApp, telling } from "./threads/http-thread.ts";
import type { Line } from "./threads/line.ts";

/** The app of a thread that serves HTTP: it reads by connections of its own, and sends commands to the thread that has the engine. */
export async function wireHttpThread(
  config: ApiConfig,
  logger: Logger,
  shared: SharedParts,
  desk: Line<EngineDesk>,
): Promise<ThreadApp> {
  const { queries, apiKeys, close } = await openMongo({ url: config.DATABASE_URL });
  const redis = config.REDIS_URL === undefined ? undefined : openRedis({ url: config.REDIS_URL, logger });
  const app = await apiApp({
    ...shared,
    queries,
    apiKeys: telling(apiKeys, desk),
    cache: redis?.cache ?? noReservationCache,
    rateLimiter: redis?.rateLimiter(shared.rateLimiter) ?? shared.rateLimiter,
    health: [...shared.health, ...(redis ? [redisHealth(redis)] : [])],
    newId: idsByTime(),
    logger,
    settings: appSettings(config),
  });
  return {
    app,
    async close() {
      await redis?.close();
      await close();
    },
  };
}
