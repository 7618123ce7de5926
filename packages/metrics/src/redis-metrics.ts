import { Gauge, type Registry } from "prom-client";

/** Adds whether Redis is reachable. Calls `reachable` at each scrape. */
export function redisMetrics(registry: Registry, reachable: () => boolean): void {
  new Gauge({
    name: "holdfast_redis_reachable",
    help: "Whether hints reach Redis: 1 or 0.",
    registers: [registry],
    collect() {
      this.set(reachable() ? 1 : 0);
    },
  });
}
