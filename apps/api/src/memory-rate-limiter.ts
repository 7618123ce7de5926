import type { Allowance, RateLimiter } from "@holdfast/engine";
import { RateLimiterMemory } from "rate-limiter-flexible";

/** Counts in this process alone. It forgets a caller a second after the first request it counted. */
export class MemoryRateLimiter implements RateLimiter {
  // The library only counts. The limit is compared below, since every caller has its own.
  readonly #counter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 1 });

  async take(callerId: string, perSecond: number): Promise<Allowance> {
    const { consumedPoints, msBeforeNext } = await this.#counter.consume(callerId);
    return {
      allowed: consumedPoints <= perSecond,
      remaining: Math.max(0, perSecond - consumedPoints),
      resetMs: msBeforeNext,
    };
  }
}
