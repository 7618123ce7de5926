import {
  type App,
  acceptsHealth,
  appSettings,
  createApp,
  databaseHealth,
  MemoryRateLimiter,
  readDocsFiles,
} from "@holdfast/api";
import { dashboardApp } from "@holdfast/dashboard";
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
import { openSqlite } from "@holdfast/infra-sqlite";
import { appMetrics, engineMetrics, processMetrics, Registry, workerMetrics } from "@holdfast/metrics";
import { InProcessWakeups } from "@holdfast/scheduler";
import { createWorker, type Worker } from "@holdfast/worker";
import type { Logger } from "pino";
import type { StandaloneConfig } from "./config.ts";

/** The whole of Holdfast in one process. */
export interface Standalone {
  readonly app: App;
  readonly worker: Worker;
  readonly engine: Engine;
  readonly database: Database;
  readonly newId: () => string;
}

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
  const engine = new Engine({
    store,
    newBatchId: newId,
    afterCommit: reservationHints(cache, wakeups),
    observer: observers(observer, writes),
  });
  watch(engine);
  const docsFiles = await readDocsFiles();
  const app = createApp({
    engine,
    queries,
    cache,
    apiKeys,
    rateLimiter: new MemoryRateLimiter(),
    newId,
    logger,
    settings: appSettings(config),
    health: [databaseHealth(writes), acceptsHealth(stop)],
    metrics: appMetrics(registry),
    docsFiles,
    stopping: stop,
  });
  app.route("/", dashboardApp());
  const { SWEEP_INTERVAL_MS: sweepIntervalMs, AUDIT_PAUSE_MS: auditPauseMs } = config;
  const settings = { sweepIntervalMs, auditPauseMs, metrics: workerMetrics(registry) };
  const worker = createWorker({ database, cache, listener: wakeups, logger, newBatchId: newId, ...settings });
  return { app, worker, engine, database, newId };
}
