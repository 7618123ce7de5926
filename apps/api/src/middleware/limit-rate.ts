import type { RateLimiter } from "@holdfast/engine";
import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv, AppSettings } from "../app-parts.ts";

/**
 * Refuses a caller who has made too many requests this second, before any other work.
 *
 * Answers how many are left by draft-ietf-httpapi-ratelimit-headers-10: `q` requests in a window of `w` seconds; `r` of them remain for
 * `t` seconds.
 */
export function limitRate(rateLimiter: RateLimiter, { rateLimitPerSecond }: Pick<AppSettings, "rateLimitPerSecond">) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const caller = c.get("caller");
    // No limit unless one is set: a storefront has one key, and all its shoppers come under it.
    const perSecond = caller.rateLimitPerSecond ?? rateLimitPerSecond ?? 0;
    if (perSecond === 0) return next();
    const { allowed, remaining, resetMs } = await rateLimiter.take(caller.id, perSecond);
    c.header("RateLimit-Policy", `"key";q=${perSecond};w=1`);
    c.header("RateLimit", `"key";r=${remaining};t=${Math.ceil(resetMs / 1000)}`);
    return allowed ? next() : answerProblem(c, "rate_limited");
  });
}
