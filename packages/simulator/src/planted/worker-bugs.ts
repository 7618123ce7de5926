import type { Instant } from "@holdfast/domain";
import { epoch } from "../system/store-clock.ts";
import type { Planted } from "../world.ts";

/** Mistakes in the expiry sweep. */
export const workerBugs: Readonly<Record<string, Planted>> = {
  "only wake-ups start a sweep": {
    sweepIntervalMs: Number.POSITIVE_INFINITY,
    queries: (queries) => ({ ...queries, nextExpiry: async () => undefined }),
  },
  "the sweep goes by the worker's clock": {
    queries: (queries, time) => ({ ...queries, now: async () => (epoch + time.now()) as Instant }),
  },
  "the sweep overlooks the first of what is due": {
    queries: (queries) => ({
      ...queries,
      dueHolds: async (now, limit) => (await queries.dueHolds(now, limit + 1)).slice(1),
    }),
  },
};
