import type { ConsumerJob, SweepReport, WatchLoop } from "@holdfast/scheduler";
import type { Registry } from "prom-client";
import { type AuditorFigures, auditorMetrics } from "./auditor-metrics.ts";
import { dueMetrics } from "./due-metrics.ts";
import { engineMetrics, type WatchedEngine } from "./engine-metrics.ts";
import { feedConsumerMetrics } from "./feed-metrics.ts";
import { loopMetrics } from "./loop-metrics.ts";

/** What a worker shows of itself. The worker knows no registry: it runs where prom-client does not. */
export interface WorkerMetrics {
  readonly engine: WatchedEngine;
  readonly watchLoop: WatchLoop;
  /** Records the sweeps of one kind of due work. */
  observeSweeps(kind: string): (report: SweepReport) => void;
  /** Calls `figures` at each scrape. */
  watchAuditor(figures: () => AuditorFigures): void;
  watchConsumers(consumers: readonly ConsumerJob[]): void;
}

/** Adds a worker's metrics to a registry. */
export function workerMetrics(registry: Registry): WorkerMetrics {
  return {
    engine: engineMetrics(registry, "worker"),
    watchLoop: loopMetrics(registry),
    observeSweeps: dueMetrics(registry),
    watchAuditor: (figures) => auditorMetrics(registry, figures),
    watchConsumers: (consumers) => feedConsumerMetrics(registry, consumers),
  };
}
