import type { SweepReport } from "@holdfast/scheduler";
import { Counter, Histogram, type Registry } from "prom-client";
import { oncePerRegistry } from "./once-per-registry.ts";

/** Records what a sweep of one kind has handled. */
type ObserveSweep = (report: SweepReport) => void;

/** Adds the metrics of due work to a registry, by kind. */
export const dueMetrics: (registry: Registry) => (kind: string) => ObserveSweep = oncePerRegistry((registry) => {
  const handled = new Counter({
    name: "holdfast_due_handled_total",
    help: "What had fallen due and was seen to: reservations released, say.",
    labelNames: ["kind"],
    registers: [registry],
  });
  const lateness = new Histogram({
    name: "holdfast_due_lateness_seconds",
    help: "Of each sweep that saw to something, how late the longest overdue was.",
    labelNames: ["kind"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers: [registry],
  });
  return (kind) => {
    handled.inc({ kind }, 0);
    lateness.zero({ kind });
    return (report) => {
      handled.inc({ kind }, report.handled);
      lateness.observe({ kind }, report.lateMsMax / 1_000);
    };
  };
});
