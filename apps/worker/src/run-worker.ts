import { setTimeout as wait } from "node:timers/promises";
import { type Logger, openWhenThere, WriteHealth } from "@holdfast/engine";
import { processMetrics, Registry, redisMetrics, workerMetrics } from "@holdfast/metrics";
import type { WorkerConfig } from "./config.ts";
import { createWorker, type Worker } from "./create-worker.ts";
import { serveHealth } from "./health-server.ts";
import type { Wiring } from "./wiring.ts";

/** Between two health lines. */
const healthEveryMs = 30_000;

/** After how long without a successful sweep the worker reports it. */
const sweepMsMax = 10_000;

/** Runs the worker until `stop` aborts, through every outage of database and Redis. */
export async function runWorker(
  config: WorkerConfig,
  wiring: Wiring,
  logger: Logger,
  stop: AbortSignal,
): Promise<void> {
  const { redis, newBatchId } = wiring;
  let worker: Worker | undefined;
  let writes: WriteHealth | undefined;
  const trouble = async () => {
    if (worker === undefined || writes === undefined) return "the database cannot be reached";
    return sweepsInTime(worker, config) ? await writes.trouble() : "no sweep has gone well of late";
  };
  const registry = new Registry();
  processMetrics(registry, "worker");
  redisMetrics(registry, () => redis.reachable);
  const { HEALTH_PORT: port, HEALTH_HOST: host, SWEEP_INTERVAL_MS: sweepIntervalMs } = config;
  const health = port === undefined ? undefined : await serveHealth({ port, host }, trouble, registry);
  const database = await openWhenThere(wiring.openDatabase, logger, stop);
  if (database !== undefined) {
    const { FEED_INTERVAL_MS: feedIntervalMs, AUDIT_PAUSE_MS: auditPauseMs } = config;
    const settings = { sweepIntervalMs, feedIntervalMs, auditPauseMs, metrics: workerMetrics(registry) };
    const listener = redis.listener();
    const { cache, turns } = redis;
    writes = new WriteHealth(database.probe);
    worker = createWorker({ database, cache, listener, turns, logger, newBatchId, observer: writes, ...settings });
    await worker.start();
    logger.info({ sweepIntervalMs }, "worker ready");

    while (await pause(healthEveryMs, stop)) {
      const wakeups = await redis.health();
      const found = await trouble();
      const fields = { loops: worker.loops, wakeups, ...(found !== undefined && { trouble: found }) };
      logger[wakeups === "ok" && found === undefined ? "info" : "warn"](fields, "worker health");
    }
    await worker.stop();
    await database.close();
  }
  await redis.close();
  await health?.close();
}

function sweepsInTime(worker: Worker, { SWEEP_INTERVAL_MS }: WorkerConfig): boolean {
  return worker.sinceSweptMs < 2 * SWEEP_INTERVAL_MS + sweepMsMax;
}

/** Waits. @returns whether the time passed without a stop */
async function pause(ms: number, stop: AbortSignal): Promise<boolean> {
  await wait(ms, undefined, { signal: stop }).catch(() => {});
  return !stop.aborted;
}
