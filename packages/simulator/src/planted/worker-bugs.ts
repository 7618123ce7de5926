import { decide, type Instant } from "@holdfast/domain";
import type { Job } from "@holdfast/scheduler";
import type { WorkerQueries } from "../system/connection.ts";
import { epoch } from "../system/store-clock.ts";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";

const dayMs = 86_400_000;

/** Mistakes in the expiry sweep, its loop and its wake-ups. Each replaces one real part. */
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
      dueReservations: async (now, limit) => (await queries.dueReservations(now, limit + 1)).slice(1),
    }),
  },
  "the sweep ends after its first page": { queries: firstPageOnly },
  "the sweep comes half as often as it should": { sweepIntervalMs: 10_000 },
  "the loop dies with the first sweep that fails": { sweep: dyingOnce },
  "wake-ups are ignored": { wake: () => async () => {} },
  "the rule uses the worker's time": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command, (command.type === "ExpireOrder" ? now + dayMs : now) as Instant),
  }),
};

function firstPageOnly(queries: WorkerQueries): WorkerQueries {
  let pages = 0;
  return {
    ...queries,
    now: () => {
      pages = 0;
      return queries.now();
    },
    dueReservations: async (now, limit) => {
      pages += 1;
      return pages === 1 ? await queries.dueReservations(now, limit) : [];
    },
  };
}

function dyingOnce(sweep: Job): Job {
  let dead = false;
  return {
    ...sweep,
    work: async (stop) => {
      if (dead) await new Promise(() => {});
      return await sweep.work(stop).catch((error) => {
        dead = true;
        throw error;
      });
    },
  };
}
