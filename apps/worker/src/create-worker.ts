import type { Command } from "@holdfast/domain";
import {
  type Database,
  Engine,
  type EngineObserver,
  type Logger,
  observers,
  type ReservationCache,
  reservationHints,
  systemTimers,
  type Timers,
  type Turns,
  type WakeupListener,
} from "@holdfast/engine";
import type { WorkerMetrics } from "@holdfast/metrics";
import {
  BackgroundLoop,
  type DueKind,
  dueSweep,
  type FeedConsumer,
  feedConsumption,
  type Job,
  type LoopTotals,
  reservationExpiry,
  schedulerLimits,
} from "@holdfast/scheduler";
import { Auditor } from "./auditor.ts";
import { auditorLimits } from "./auditor-limits.ts";
import { feedLimits, feedSequencing } from "./feed-sequencing.ts";

export interface WorkerParts {
  readonly database: Pick<Database, "store" | "queries" | "folds" | "sequencer">;
  readonly cache: ReservationCache;
  /** Wake-ups for prompt expiry between two rounds. */
  readonly listener?: WakeupListener;
  /** For processes that write the same database. */
  readonly turns?: Turns;
  /** The consumers of the feed in this process. */
  readonly consumers?: readonly FeedConsumer[];
  readonly logger: Logger;
  /** Makes batch ids: 26 characters that sort by time. */
  readonly newBatchId: () => string;
  readonly sweepIntervalMs?: number;
  /** Between two reads of the auditor, at least. Milliseconds. */
  readonly auditPauseMs?: number;
  readonly feedIntervalMs?: number;
  readonly timers?: Timers;
  /** Observes its commits, beside the metrics. */
  readonly observer?: EngineObserver;
  /** Shows what it does. */
  readonly metrics?: WorkerMetrics;
}

export interface Worker {
  /** Begins all background work. It retries what is not reachable yet. */
  start(): Promise<void>;
  /** Ends after the page under way. */
  stop(): Promise<void>;
  /** What each loop has done so far, by its name. */
  readonly loops: Readonly<Record<string, LoopTotals>>;
  /** The time since the last successful sweep, of the kind for which it is longest; `Infinity` before the first. */
  readonly sinceSweptMs: number;
}

/** The worker without its process, which may be its own or the standalone deployment's. */
export function createWorker(parts: WorkerParts): Worker {
  const { database, listener, consumers = [], logger, timers = systemTimers } = parts;
  const { sweepIntervalMs: intervalMs = schedulerLimits.sweepIntervalMs, metrics } = parts;
  const { feedIntervalMs = feedLimits.intervalMs, auditPauseMs: pauseMs = auditorLimits.pauseMs } = parts;
  const { queries, folds, sequencer } = database;
  const engine = workerEngine(parts);

  const loopOf = (job: Job) =>
    new BackgroundLoop(job, { logger, timers, ...(metrics && { watch: metrics.watchLoop }) });
  const sweeps = dueKinds(parts).map((kind) => {
    const observe = metrics?.observeSweeps(kind.name);
    const submit = (command: Command) => engine.submit(command);
    return loopOf(dueSweep(kind, { queries, submit, logger, timers, intervalMs, ...(observe && { observe }) }));
  });
  const auditor = new Auditor({ queries, folds, logger, timers, pauseMs });
  metrics?.watchAuditor(() => auditor.figures);
  const readers = consumers.map((consumer) => feedConsumption(consumer, { queries }));
  metrics?.watchConsumers(readers);
  const sequencing = sequencer ? [feedSequencing(sequencer, feedIntervalMs)] : [];
  const loops = [...sweeps, ...[...sequencing, ...readers, ...auditor.jobs].map(loopOf)];
  let stopListening: (() => Promise<void>) | undefined;

  return {
    async start() {
      for (const loop of loops) loop.start();
      stopListening = await listener?.listen(async () => {
        await Promise.all(sweeps.map((sweep) => sweep.trigger()));
      });
    },
    async stop() {
      await Promise.all([stopListening?.(), ...loops.map((loop) => loop.stop())]);
      await engine.close();
    },
    get loops() {
      return Object.fromEntries(loops.map(({ name, totals }) => [name, totals]));
    },
    get sinceSweptMs() {
      return Math.max(...sweeps.map(({ totals }) => totals.sinceSuccessMs ?? Number.POSITIVE_INFINITY));
    },
  };
}

/** All that falls due. A new kind is one line here. */
function dueKinds({ database: { queries }, cache }: WorkerParts): readonly DueKind[] {
  return [reservationExpiry(queries, cache)];
}

function workerEngine({ database, newBatchId, observer, cache, turns, metrics }: WorkerParts): Engine {
  const watching = [metrics?.engine.observer, observer].filter((each) => each !== undefined);
  const engine = new Engine({
    store: database.store,
    newBatchId,
    observer: observers(...watching),
    // The worker only ends reservations, so there is nothing to arm.
    afterCommit: reservationHints(cache, { arm: () => {} }),
    ...(turns && { turns }),
  });
  metrics?.engine.watch(engine);
  return engine;
}
