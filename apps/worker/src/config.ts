import { fail, type Result, succeed } from "@holdfast/domain";
import { expiryLimits } from "@holdfast/expiry";
import { z } from "zod";
import { auditorLimits } from "./auditor-limits.ts";
import { feedLimits } from "./feed-loop.ts";

const schema = z.object({
  DATABASE_URL: z
    .string({ error: "is missing; give a mongodb:// URL" })
    .regex(/^mongodb(\+srv)?:\/\//, "must be a mongodb:// URL; on SQLite, `start` has a worker of its own"),
  REDIS_URL: z.string({ error: "is missing; give a redis:// URL" }).regex(/^rediss?:\/\//, "must be a redis:// URL"),
  SWEEP_INTERVAL_MS: z.coerce
    .number({ error: "must be a number of milliseconds" })
    .int("must be a whole number of milliseconds")
    .min(100, "must be at least 100")
    // Longer, and stock that nobody holds stays away from buyers for no reason.
    .max(3_600_000, "must be at most an hour")
    .default(expiryLimits.sweepIntervalMs),
  FEED_INTERVAL_MS: z.coerce
    .number({ error: "must be a number of milliseconds" })
    .int("must be a whole number of milliseconds")
    .min(10, "must be at least 10")
    .max(60_000, "must be at most a minute")
    .default(feedLimits.intervalMs),
  AUDIT_PAUSE_MS: z.coerce
    .number({ error: "must be a number of milliseconds" })
    .int("must be a whole number of milliseconds")
    .min(10, "must be at least 10")
    .max(3_600_000, "must be at most an hour")
    .default(auditorLimits.pauseMs),
  HEALTH_PORT: z.coerce
    .number({ error: "must be a port number" })
    .int("must be a port number")
    .min(1, "must be a port number")
    .max(65_535, "must be a port number")
    .optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
});

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly sweepIntervalMs: number;
  readonly feedIntervalMs: number;
  readonly auditPauseMs: number;
  /** Where to answer `/healthz`, `/readyz` and `/metrics`; nowhere unless it is set. */
  readonly healthPort: number | undefined;
  readonly logLevel: string;
}

/** The worker's settings out of environment variables, or every problem with them, one line each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<WorkerConfig, readonly string[]> {
  // `NAME=` in a file means that nothing was given.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) return fail(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`));
  const { DATABASE_URL, REDIS_URL, SWEEP_INTERVAL_MS, FEED_INTERVAL_MS, AUDIT_PAUSE_MS, HEALTH_PORT, LOG_LEVEL } =
    parsed.data;
  return succeed({
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    sweepIntervalMs: SWEEP_INTERVAL_MS,
    feedIntervalMs: FEED_INTERVAL_MS,
    auditPauseMs: AUDIT_PAUSE_MS,
    healthPort: HEALTH_PORT,
    logLevel: LOG_LEVEL,
  });
}
