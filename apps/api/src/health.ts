import type { Queries } from "@holdfast/engine";
import type { HealthCheck } from "./app-parts.ts";

/** A database that takes longer than this to tell the time cannot serve a checkout. */
const databaseMsMax = 2_000;

/** Whether the database tells the time, in time. */
export function databaseHealth(queries: Pick<Queries, "now">): HealthCheck {
  return {
    name: "database",
    required: true,
    ok: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, databaseMsMax, false);
      });
      const told = queries.now().then(
        () => true,
        () => false,
      );
      return await Promise.race([told, late]).finally(() => clearTimeout(timer));
    },
  };
}

/** Whether the process wants requests: not any more once it is told to stop. Load balancers then send them elsewhere. */
export function acceptsHealth(stop: AbortSignal): HealthCheck {
  return { name: "accepting", required: true, ok: async () => !stop.aborted };
}
