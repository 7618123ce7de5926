import {
  type Database,
  Engine,
  type EngineObserver,
  holdHints,
  type Logger,
  observers,
  type ReservationCache,
  systemTimers,
  type Timers,
  type Turns,
  type WakeupListener,
} from "@holdfast/engine";
import { auditorMetrics, engineMetrics, expiryMetrics, Registry } from "@holdfast/metrics";
import { ExpiryLoop, expiryLimits, expirySweep, type LoopTotals } from "@holdfast/scheduler";
import { Auditor } from "./auditor.ts";
import { FeedLoop, type FeedTotals } from "./feed-loop.ts";

export interface WorkerParts {
  readonly database: Pick<Database, "store" | "queries" | "sequencer">;
  readonly cache: ReservationCache;
  /** Makes expiry prompt for holds that are placed between two rounds. */
  readonly listener?: WakeupListener;
  /** Where other processes write the same database. */
  readonly turns?: Turns;
  readonly logger: Logger;
  /** Makes batch ids: 26 characters that sort by time. */
  readonly newBatchId: () => string;
  readonly sweepIntervalMs?: number;
  /** Between two slices of the auditor, at least. Milliseconds. */
  readonly auditPauseMs?: number;
  readonly feedIntervalMs?: number;
  readonly timers?: Timers;
  /** Hears of its commits, beside the metrics. */
  readonly observer?: EngineObserver;
  /** Where its metrics are shown. */
  readonly registry?: Registry;
}

export interface Worker {
  /** Begins to sweep, and to audit. Needs nothing to be there: it goes on trying. */
  start(): Promise<void>;
  /** Ends after the page under way. */
  stop(): Promise<void>;
  readonly health: LoopTotals;
  /** `undefined` where the database needs nobody to keep its feed going. */
  readonly feed: FeedTotals | undefined;
}

/** The worker without a process around it: its own one, or that of the standalone deployment. */
export function createWorker(parts: WorkerParts): Worker {
  const { database, cache, listener, turns, logger, newBatchId, auditPauseMs } = parts;
  const { sweepIntervalMs = expiryLimits.sweepIntervalMs, timers = systemTimers, registry = new Registry() } = parts;
  const watched = engineMetrics(registry, "worker");
  const { sequencer } = database;
  const engine = new Engine({
    store: database.store,
    newBatchId,
    observer: observers(watched.observer, ...(parts.observer ? [parts.observer] : [])),
    // The worker only ends holds, so there is nothing to arm.
    afterCommit: holdHints(cache, { arm: () => {} }),
    ...(turns && { turns }),
  });
  const sweep = expirySweep({
    queries: database.queries,
    submit: (command) => engine.submit(command),
    cache,
    logger,
    timers,
    horizonMs: sweepIntervalMs,
  });
  watched.watch(engine);
  const loop = new ExpiryLoop({
    sweep: async (stop) => {
      const report = await sweep(stop);
      if (report.released > 0) late(report.lateMsMax / 1_000);
      return report;
    },
    logger,
    timers,
    intervalMs: sweepIntervalMs,
  });
  const late = expiryMetrics(registry, () => loop.totals);
  const pauseMs = auditPauseMs === undefined ? {} : { pauseMs: auditPauseMs };
  const auditor = new Auditor({ queries: database.queries, logger, timers, ...pauseMs });
  auditorMetrics(registry, () => auditor.figures);
  const feedInterval = parts.feedIntervalMs === undefined ? {} : { intervalMs: parts.feedIntervalMs };
  const feedLoop = sequencer && new FeedLoop({ sequencer, logger, timers, ...feedInterval });
  let stopListening: (() => Promise<void>) | undefined;

  return {
    async start() {
      loop.start();
      feedLoop?.start();
      auditor.start();
      stopListening = await listener?.listen(() => loop.trigger());
    },
    async stop() {
      auditor.stop();
      await Promise.all([stopListening?.(), loop.stop(), feedLoop?.stop()]);
      await engine.close();
    },
    get health() {
      return loop.totals;
    },
    get feed() {
      return feedLoop?.totals;
    },
  };
}
