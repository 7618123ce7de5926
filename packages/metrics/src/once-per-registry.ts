import type { Registry } from "prom-client";

/** Makes the metrics of a registry when they are first asked for, and gives the same ones to every other part of the process. */
export function oncePerRegistry<Metrics extends object>(
  make: (registry: Registry) => Metrics,
): (registry: Registry) => Metrics {
  const made = new WeakMap<Registry, Metrics>();
  return (registry) => {
    const metrics = made.get(registry) ?? make(registry);
    made.set(registry, metrics);
    return metrics;
  };
}
