import type { RateLimiter } from "@holdfast/engine";
import type { Context } from "hono";
import { addHeader } from "../answer.ts";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv, AppSettings } from "../app-parts.ts";
import type { Check } from "./in-turn.ts";

/**
 * Refuses a caller who has made too many requests this second, before any other work.
 *
 * Answers how many are left by draft-ietf-httpapi-ratelimit-headers-10: `q` requests in a window of `w` seconds; `r` of them remain for
 * `t` seconds.
 */
export function limitRate(
  rateLimiter: RateLimiter,
  { rateLimitPerSecond }: Pick<AppSettings, "rateLimitPerSecond">,
): Check {
  return (c) => {
    const caller = c.get("caller");
    // No limit unless one is set: a storefront has one key, and all its shoppers come under it.
    const perSecond = caller.rateLimitPerSecond ?? rateLimitPerSecond ?? 0;
    return perSecond === 0 ? undefined : take(c, rateLimiter, perSecond);
  };
}

async function take(c: Context<AppEnv>, rateLimiter: RateLimiter, perSecond: number): Promise<Response | undefined> {
  const { allowed, remaining, resetMs } = await rateLimiter.take(c.get("caller").id, perSecond);
  addHeader(c, "RateLimit-Policy", `"key";q=${perSecond};w=1`);
  addHeader(c, "RateLimit", `"key";r=${remaining};t=${Math.ceil(resetMs / 1000)}`);
  return allowed ? undefined : answerProblem(c, "rate_limited");
}
