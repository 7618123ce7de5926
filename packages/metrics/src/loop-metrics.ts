import { runOutcomes, type WatchedLoop, type WatchLoop } from "@holdfast/scheduler";
import { Gauge, Histogram, type Registry } from "prom-client";
import { oncePerRegistry } from "./once-per-registry.ts";

/** Adds the loops of background work to a registry, by name. */
export const loopMetrics: (registry: Registry) => WatchLoop = oncePerRegistry((registry) => {
  const loops: WatchedLoop[] = [];
  new Gauge({
    name: "holdfast_loop_since_success_seconds",
    help: "Time since background work last went well; +Inf before the first time.",
    labelNames: ["loop"],
    aggregator: "max", // of the threads that run a loop of this name
    registers: [registry],
    collect() {
      for (const { name, totals } of loops) {
        this.set({ loop: name }, (totals.sinceSuccessMs ?? Number.POSITIVE_INFINITY) / 1_000);
      }
    },
  });
  const duration = new Histogram({
    name: "holdfast_loop_run_duration_seconds",
    help: "Runs of background work by how they ended, and how long each took.",
    labelNames: ["loop", "outcome"],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers: [registry],
  });
  return (loop) => {
    loops.push(loop);
    // Start both series at zero: otherwise `rate` misses the first run.
    for (const outcome of runOutcomes) duration.zero({ loop: loop.name, outcome });
    return (outcome, ms) => duration.observe({ loop: loop.name, outcome }, ms / 1_000);
  };
});
