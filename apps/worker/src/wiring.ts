import { type Database, idsByTime, type Logger, logStep } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { type OpenedRedis, openRedis } from "@holdfast/infra-redis";
import type { WorkerConfig } from "./config.ts";

/** The adapters of the worker process. The only file that names them. */
export interface Wiring {
  /** Rejects while the database is away; ask again. */
  openDatabase(): Promise<Database>;
  readonly redis: OpenedRedis;
  readonly newBatchId: () => string;
}

export function wire(config: WorkerConfig, logger: Logger): Wiring {
  return {
    openDatabase: () => openMongo({ url: config.DATABASE_URL }, { onStep: logStep(logger) }),
    redis: openRedis({ url: config.REDIS_URL, logger }),
    newBatchId: idsByTime(),
  };
}
