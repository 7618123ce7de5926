import type { Registry } from "prom-client";

/** Makes a registry's metrics on the first call, and returns the same ones to every later caller in the process. */
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
