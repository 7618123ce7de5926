import {
  type ExpiryWakeups,
  type Logger,
  OutageLog,
  type RateLimiter,
  type ReservationCache,
  type Turns,
  type WakeupListener,
} from "@holdfast/engine";
import { answerWithin } from "./answer-within.ts";
import { BullmqListener } from "./bullmq-listener.ts";
import { BullmqWakeups } from "./bullmq-wakeups.ts";
import { canarySurvives } from "./canary.ts";
import { hintConnection, turnConnection } from "./connections.ts";
import { RedisRateLimiter } from "./redis-rate-limiter.ts";
import { RedisReservationCache } from "./redis-reservation-cache.ts";
import { RedisTurns } from "./redis-turns.ts";
import { openWakeupQueue } from "./wakeup-queue.ts";

const texts = { failing: "redis failed; going on without it", over: "redis answers again" };

/** How long a canary may take. An idle worker takes it in milliseconds. */
const canaryMsMax = 2_000;

/** How long closing waits for what was sent last. */
const closeMsMax = 500;

/**
 * `ok`: wake-ups are armed and taken. `stuck`: Redis answers, but no worker takes them, so only the sweep's rounds release
 * reservations. `away`: Redis does not answer, with the same effect.
 */
export type RedisHealth = "ok" | "stuck" | "away";

export interface RedisParts {
  /** `redis://` or `rediss://`. Two deployments on one Redis take a database number each. */
  readonly url: string;
  readonly logger: Pick<Logger, "warn">;
  /** What every key begins with. */
  readonly prefix?: string;
}

export interface OpenedRedis {
  readonly cache: ReservationCache;
  readonly wakeups: ExpiryWakeups;
  /** For processes that write the same database. */
  readonly turns: Turns;
  /** Counts for all processes together; with `fallback` while Redis is away, or takes longer than `takeMsMax` (50). */
  rateLimiter(fallback: RateLimiter, takeMsMax?: number): RateLimiter;
  /** The receiving end of `wakeups`, for a worker process. It has connections of its own, while it listens. */
  listener(): WakeupListener;
  /** Whether hints reach Redis at this moment, without asking it. */
  readonly reachable: boolean;
  /** Sends a canary through the wake-up queue. Answers within 4 s, and never throws. */
  health(): Promise<RedisHealth>;
  /** Bounded in time, also when Redis is gone. Stop listeners before: they are not stopped here. */
  close(): Promise<void>;
}

/** Redis as a source of hints. Returns at once, whether or not Redis is there, and finds it again by itself. */
export function openRedis({ url, logger, prefix = "holdfast" }: RedisParts): OpenedRedis {
  const log = new OutageLog(logger, texts);
  const redis = hintConnection(url);
  redis.on("error", (error) => log.failed({ what: "connection", err: error }));
  redis.on("ready", () => log.ended());
  const turnRedis = turnConnection(url);
  turnRedis.on("error", (error) => log.failed({ what: "connection for turns", err: error }));
  const queue = openWakeupQueue(redis, prefix, log);
  return {
    cache: new RedisReservationCache(redis, prefix, log),
    wakeups: new BullmqWakeups(queue, redis, log),
    turns: new RedisTurns(redis, turnRedis, prefix, log),
    rateLimiter: (fallback, takeMsMax) =>
      new RedisRateLimiter(redis, { prefix, fallback, log, ...(takeMsMax !== undefined && { takeMsMax }) }),
    listener: () => new BullmqListener(url, prefix, log),
    get reachable() {
      return redis.status === "ready";
    },
    async health() {
      if (redis.status !== "ready") return "away";
      return canarySurvives(queue, canaryMsMax).then(
        (survived) => (survived ? "ok" : "stuck"),
        () => "away",
      );
    },
    async close() {
      await answerWithin(queue.close(), closeMsMax);
      // QUIT comes behind the notes that were sent, so its answer says that they have arrived.
      if (redis.status === "ready") await answerWithin(redis.quit(), closeMsMax);
      redis.disconnect();
      turnRedis.disconnect();
    },
  };
}
