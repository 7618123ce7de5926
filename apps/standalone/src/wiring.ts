import { extname } from "node:path";
import {
  acceptsHealth,
  databaseHealth,
  type EngineDesk,
  HttpThreads,
  MemoryRateLimiter,
  ownDesk,
  type Serving,
  serve,
} from "@holdfast/api";
import {
  type Database,
  Engine,
  idsByTime,
  logStep,
  noReservationCache,
  observers,
  reservationHints,
  StoreTime,
  UnreadableLog,
  WriteHealth,
} from "@holdfast/engine";
import { collectStartGarbage, openSqlite, type SqliteHelpers } from "@holdfast/infra-sqlite";
import { appMetrics, engineMetrics, processMetrics, Registry, workerMetrics } from "@holdfast/metrics";
import { InProcessWakeups } from "@holdfast/scheduler";
import { createWorker, type Worker } from "@holdfast/worker";
import type { Logger } from "pino";
import type { StandaloneConfig } from "./config.ts";
import { Growth } from "./growth.ts";
import { standaloneApp } from "./standalone-app.ts";

/** The whole of Holdfast in one process. */
export interface Standalone {
  readonly serve: () => Promise<Serving>;
  readonly worker: Worker;
  readonly engine: Engine;
  readonly database: Database;
  readonly newId: () => string;
  /** Gives back the memory that only starting took, in some 20 ms. From then on it takes more when there is work for it. */
  readonly started: () => void;
}

/** What a thread that serves HTTP asks for. */
export type StandaloneDesk = EngineDesk & SqliteHelpers;

/** If a clock is behind by more, it was set back. */
const aheadMsMax = 1_000;

/** The only file of this app that names adapters. Opens the database; starts nothing. `stop` aborts when the process has to end. */
export async function wire(config: StandaloneConfig, logger: Logger, stop: AbortSignal): Promise<Standalone> {
  const time = new StoreTime();
  const newId = idsByTime(() => time.now());
  const database = await openSqlite({ path: config.DATABASE_URL, serving: true, time, onStep: logStep(logger) });
  if (time.aheadMs > aheadMsMax) {
    logger.warn(
      { aheadMs: time.aheadMs },
      "this machine's clock is behind the newest entry of the journal; store time goes on from there",
    );
  }
  const { store, queries, apiKeys, probe, doubtful = [] } = database;
  const unreadable = new UnreadableLog(logger);
  for (const record of doubtful) unreadable.see(record);
  const wakeups = new InProcessWakeups(() => time.now());
  const cache = noReservationCache;
  const registry = new Registry();
  processMetrics(registry, "standalone");
  const { observer, watch } = engineMetrics(registry, "api");
  const writes = new WriteHealth(probe);
  const growth = new Growth();
  const engine = new Engine({
    store,
    newBatchId: newId,
    afterCommit: reservationHints(cache, wakeups),
    observer: observers(observer, writes, growth),
  });
  watch(engine);
  const health = databaseHealth(writes);
  const rateLimiter = new MemoryRateLimiter();
  const at = { port: config.PORT, host: config.HOST };
  const serveHere = async () => {
    const checks = [health, acceptsHealth(stop)];
    const parts = { engine, queries, apiKeys, rateLimiter, newId, logger, health: checks, stopping: stop };
    return await serve(await standaloneApp(config, { ...parts, metrics: appMetrics(registry) }), at);
  };
  const serveOnThreads = () => {
    const module = new URL(`./standalone-http-thread${extname(import.meta.url)}`, import.meta.url);
    const desk = { ...ownDesk(engine, rateLimiter, health), ...database.helpers };
    return HttpThreads.listen({ count: config.HTTP_THREADS, module, data: config, desk, registry, logger }, at);
  };
  const { SWEEP_INTERVAL_MS: sweepIntervalMs, AUDIT_PAUSE_MS: auditPauseMs } = config;
  const metrics = workerMetrics(registry);
  const settings = { sweepIntervalMs, auditPauseMs, metrics };
  const worker = createWorker({ database, cache, listener: wakeups, logger, newBatchId: newId, ...settings });
  return {
    serve: config.HTTP_THREADS === 1 ? serveHere : serveOnThreads,
    ...{ worker, engine, database, newId },
    started: () => {
      collectStartGarbage();
      growth.serves();
    },
  };
}
