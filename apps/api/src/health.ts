import type { WriteHealth } from "@holdfast/engine";
import type { HealthCheck } from "./app-parts.ts";

/** Whether the database can be written. If not, nothing can be sold. */
export function databaseHealth(writes: Pick<WriteHealth, "trouble">): HealthCheck {
  return { name: "database", required: true, trouble: () => writes.trouble() };
}

/** Whether the process accepts requests. When it has to stop, load balancers send them elsewhere. */
export function acceptsHealth(stop: AbortSignal): HealthCheck {
  return {
    name: "accepting",
    required: true,
    trouble: async () => (stop.aborted ? "the process is stopping" : undefined),
  };
}

/** Whether hints reach Redis. Selling goes on without them. */
export function redisHealth(redis: { readonly reachable: boolean }): HealthCheck {
  return {
    name: "redis",
    required: false,
    trouble: async () => (redis.reachable ? undefined : "Redis cannot be reached"),
  };
}
