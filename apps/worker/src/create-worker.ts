import { type Database, Engine, holdHints, type ReservationCache, type WakeupListener } from "@holdfast/engine";
import { ExpiryLoop, type LoopTotals } from "./expiry-loop.ts";
import { expirySweep } from "./expiry-sweep.ts";
import type { Logger } from "./logger.ts";
import { systemTimers, type Timers } from "./timers.ts";

export interface WorkerParts {
  readonly database: Pick<Database, "store" | "queries">;
  readonly cache: ReservationCache;
  /** Makes expiry prompt for holds that are placed between two rounds. */
  readonly listener?: WakeupListener;
  readonly logger: Logger;
  /** Makes batch ids: 26 characters that sort by time. */
  readonly newBatchId: () => string;
  readonly sweepIntervalMs?: number;
  readonly timers?: Timers;
}

export interface Worker {
  /** Begins to sweep. Needs nothing to be there: it goes on trying. */
  start(): Promise<void>;
  /** Ends after the page under way. */
  stop(): Promise<void>;
  readonly health: LoopTotals;
}

/** The worker without a process around it: its own one, or that of the standalone deployment. */
export function createWorker(parts: WorkerParts): Worker {
  const { database, cache, listener, logger, newBatchId, sweepIntervalMs, timers = systemTimers } = parts;
  const engine = new Engine({
    store: database.store,
    newBatchId,
    // The worker only ends holds, so there is nothing to arm.
    afterCommit: holdHints(cache, { arm: () => {} }),
  });
  const sweep = expirySweep({
    queries: database.queries,
    submit: (command) => engine.submit(command),
    cache,
    logger,
    timers,
  });
  const intervalMs = sweepIntervalMs === undefined ? {} : { intervalMs: sweepIntervalMs };
  const loop = new ExpiryLoop({ sweep, logger, timers, ...intervalMs });
  let stopListening: (() => Promise<void>) | undefined;

  return {
    async start() {
      loop.start();
      stopListening = await listener?.listen(() => loop.trigger());
    },
    async stop() {
      await Promise.all([stopListening?.(), loop.stop()]);
      await engine.close();
    },
    get health() {
      return loop.totals;
    },
  };
}
