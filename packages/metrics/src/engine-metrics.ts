import { commitKinds, type Engine, type EngineObserver, shedReasons } from "@holdfast/engine";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { oncePerRegistry } from "./once-per-registry.ts";

/** Records one engine's figures, under its name (`api`, `worker`). */
export interface WatchedEngine {
  readonly observer: EngineObserver;
  /** Reads the queue's length at each scrape. */
  watch(engine: Pick<Engine, "queued">): void;
}

/** Adds an engine to the metrics of a registry, by its name. All engines of a process share the same metrics. */
export function engineMetrics(registry: Registry, engine: string): WatchedEngine {
  return metricsOfEngines(registry)(engine);
}

const metricsOfEngines = oncePerRegistry((registry) => {
  const registers = [registry];
  const engines = new Map<string, Pick<Engine, "queued">>();
  new Gauge({
    name: "holdfast_engine_queue_commands",
    help: "Commands that wait for their turn.",
    labelNames: ["engine"],
    registers,
    collect() {
      for (const [name, { queued }] of engines) this.set({ engine: name }, queued);
    },
  });
  const batch = new Histogram({
    name: "holdfast_engine_batch_commands",
    help: "Commands that shared a commit.",
    labelNames: ["engine"],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    registers,
  });
  const duration = new Histogram({
    name: "holdfast_engine_commit_duration_seconds",
    help: "Commits by what became of them, and how long each took, conflicts included.",
    labelNames: ["engine", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const shed = new Counter({
    name: "holdfast_engine_shed_commands_total",
    help: "Commands turned away before they were decided.",
    labelNames: ["engine", "reason"],
    registers,
  });

  return (engine: string): WatchedEngine => {
    const commands = batch.labels({ engine });
    // Start every series at zero: otherwise `rate` misses the first increment.
    for (const reason of shedReasons) shed.inc({ engine, reason }, 0);
    for (const outcome of commitKinds) duration.zero({ engine, outcome });
    return {
      watch: (watched) => engines.set(engine, watched),
      observer: {
        committed({ kind, commands: count, ms }) {
          commands.observe(count);
          duration.observe({ engine, outcome: kind }, ms / 1_000);
        },
        shed: (reason) => shed.inc({ engine, reason }),
      },
    };
  };
});
