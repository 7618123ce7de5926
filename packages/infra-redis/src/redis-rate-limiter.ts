import type { Allowance, OutageLog, RateLimiter } from "@holdfast/engine";
import type { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { answerWithin } from "./answer-within.ts";

/** Count without Redis if it takes longer. */
const takeMsMaxDefault = 50;

/** The pause after a failure. Then one request tries Redis again. */
const askAgainMs = 1_000;

export interface RedisRateLimiterParts {
  readonly prefix: string;
  readonly fallback: RateLimiter;
  readonly log: OutageLog;
  readonly takeMsMax?: number;
  readonly now?: () => number;
}

/**
 * Counts in Redis, for all processes together. While Redis is away, frozen or slow, each process counts for itself with
 * `fallback`: at once, but for the requests that are under way as Redis fails, and one a second that tries it.
 */
export class RedisRateLimiter implements RateLimiter {
  readonly #counter: RateLimiterRedis;
  readonly #fallback: RateLimiter;
  readonly #log: OutageLog;
  readonly #takeMsMax: number;
  readonly #now: () => number;
  #askAgainAt: number | undefined;

  constructor(redis: Redis, parts: RedisRateLimiterParts) {
    const { prefix, fallback, log, takeMsMax = takeMsMaxDefault, now = () => performance.now() } = parts;
    // The library only counts. The limit is compared below, since every caller has its own.
    const points = Number.MAX_SAFE_INTEGER;
    this.#counter = new RateLimiterRedis({ storeClient: redis, keyPrefix: `${prefix}:rate`, points, duration: 1 });
    this.#fallback = fallback;
    this.#log = log;
    this.#takeMsMax = takeMsMax;
    this.#now = now;
  }

  async take(callerId: string, perSecond: number): Promise<Allowance> {
    if (!this.#worthAsking()) return this.#fallback.take(callerId, perSecond);
    const counting = this.#counter.consume(callerId).catch((error: unknown) => {
      this.#log.failed({ what: "rate limit", err: error });
      throw error;
    });
    const counted = await answerWithin(counting, this.#takeMsMax);
    if (counted === undefined) {
      this.#askAgainAt = this.#now() + askAgainMs;
      return this.#fallback.take(callerId, perSecond);
    }
    this.#askAgainAt = undefined;
    const { consumedPoints, msBeforeNext } = counted;
    return {
      allowed: consumedPoints <= perSecond,
      remaining: Math.max(0, perSecond - consumedPoints),
      resetMs: msBeforeNext,
    };
  }

  #worthAsking(): boolean {
    if (this.#askAgainAt === undefined) return true;
    if (this.#now() < this.#askAgainAt) return false;
    this.#askAgainAt = this.#now() + askAgainMs; // only this request tries meanwhile
    return true;
  }
}
