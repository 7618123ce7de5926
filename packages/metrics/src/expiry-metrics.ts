import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** What the expiry loop has done so far. */
export interface ExpiryFigures {
  readonly sweeps: number;
  readonly failedSweeps: number;
  readonly released: number;
  /** Since the last sweep that went well; `undefined` before the first. */
  readonly sinceSweptMs: number | undefined;
}

/**
 * Adds the metrics of expiry to a registry; `figures` is asked at each scrape. Gives the function to tell of a sweep that
 * released holds: how late the longest overdue of them was, in seconds.
 */
export function expiryMetrics(registry: Registry, figures: () => ExpiryFigures): (lateSeconds: number) => void {
  const registers = [registry];
  new Counter({
    name: "holdfast_expiry_released_total",
    help: "Orders whose hold had run out and was released.",
    registers,
    collect() {
      this.reset();
      this.inc(figures().released);
    },
  });
  new Counter({
    name: "holdfast_expiry_sweeps_total",
    help: "Looks for holds that are due, by whether they went well.",
    labelNames: ["outcome"],
    registers,
    collect() {
      const { sweeps, failedSweeps } = figures();
      this.reset();
      this.inc({ outcome: "ok" }, sweeps);
      this.inc({ outcome: "failed" }, failedSweeps);
    },
  });
  new Gauge({
    name: "holdfast_expiry_since_sweep_seconds",
    help: "Time since the last sweep that went well; +Inf before the first.",
    registers,
    collect() {
      this.set((figures().sinceSweptMs ?? Number.POSITIVE_INFINITY) / 1_000);
    },
  });
  const lateness = new Histogram({
    name: "holdfast_expiry_lateness_seconds",
    help: "Of each sweep that released holds, how late the longest overdue one was.",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  return (seconds) => lateness.observe(seconds);
}
