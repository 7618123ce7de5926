import { logLevel, readEnvironment, redisUrl, wholeNumber } from "@holdfast/runtime";
import { schedulerLimits } from "@holdfast/scheduler";
import { z } from "zod";
import { auditorLimits } from "./auditor-limits.ts";
import { feedLimits } from "./feed-sequencing.ts";

const schema = z.object({
  DATABASE_URL: z
    .string({ error: "is missing; give a mongodb:// URL" })
    .regex(/^mongodb(\+srv)?:\/\//, "must be a mongodb:// URL; on SQLite, `start` has a worker of its own"),
  REDIS_URL: redisUrl("is missing; give a redis:// URL"),
  // A longer interval would keep expired stock from buyers for no reason.
  SWEEP_INTERVAL_MS: wholeNumber(100, 3_600_000, "milliseconds").default(schedulerLimits.sweepIntervalMs),
  FEED_INTERVAL_MS: wholeNumber(10, 60_000, "milliseconds").default(feedLimits.intervalMs),
  AUDIT_PAUSE_MS: wholeNumber(10, 3_600_000, "milliseconds").default(auditorLimits.pauseMs),
  /** The port for `/healthz`, `/readyz` and `/metrics`. None unless it is set. */
  HEALTH_PORT: wholeNumber(1, 65_535).optional(),
  HEALTH_HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: logLevel().default("info"),
});

export type WorkerConfig = z.infer<typeof schema>;

/** Reads the worker's configuration from `.env`, where there is one, and the environment. Throws with all problems. */
export function readWorkerConfig(environment?: NodeJS.ProcessEnv): WorkerConfig {
  return readEnvironment(schema, environment);
}
