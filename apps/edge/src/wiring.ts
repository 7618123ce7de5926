import { type App, createApp, databaseHealth } from "@holdfast/api";
import type { Instant } from "@holdfast/domain";
import {
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
import { type ObjectStorage, openObject } from "@holdfast/infra-sqlite/object";
import { appMetrics, engineMetrics, Registry, workerMetrics } from "@holdfast/metrics";
import { createWorker } from "@holdfast/worker";
import { type AlarmStorage, AlarmWakeups } from "./alarm-wakeups.ts";
import { consoleLogger } from "./console-logger.ts";
import type { EdgeSettings } from "./edge-settings.ts";

/** What a shop keeps in its object. */
export type ShopStorage = ObjectStorage & AlarmStorage;

/** A shop in its object. */
export interface EdgeShop {
  readonly app: App;
  readonly wakeups: AlarmWakeups;
  /** Begins its background work. To call before its first request. */
  start(): Promise<void>;
}

/** The alarm does what is due; a round finds what it has missed. */
const sweepIntervalMs = 60_000;

/** The only file of this app that names adapters. Opens the object's database; starts nothing. */
export function wire(storage: ShopStorage, { app: settings, logLevel }: EdgeSettings): EdgeShop {
  const logger = consoleLogger(logLevel);
  const time = new StoreTime();
  const newId = idsByTime(() => time.now());
  const database = openObject(storage, { time, onStep: logStep(logger) });
  const { store, queries, apiKeys, probe, doubtful = [] } = database;
  const unreadable = new UnreadableLog(logger);
  for (const record of doubtful) unreadable.see(record);
  const wakeups = new AlarmWakeups(storage, async () =>
    queries.nextExpiry(await queries.now(), Number.MAX_SAFE_INTEGER as Instant),
  );
  const cache = noReservationCache;
  const registry = new Registry();
  const { observer, watch } = engineMetrics(registry, "api");
  const writes = new WriteHealth(probe);
  const engine = new Engine({
    store,
    newBatchId: newId,
    afterCommit: reservationHints(cache, wakeups),
    observer: observers(observer, writes),
  });
  watch(engine);
  const app = createApp({
    engine,
    queries,
    apiKeys,
    newId,
    logger,
    settings,
    health: [databaseHealth(writes)],
    metrics: appMetrics(registry),
  });
  const metrics = workerMetrics(registry);
  const worker = createWorker({
    database,
    cache,
    listener: wakeups,
    logger,
    newBatchId: newId,
    sweepIntervalMs,
    metrics,
  });
  return {
    app,
    wakeups,
    async start() {
      await worker.start();
      await wakeups.armNext();
    },
  };
}
