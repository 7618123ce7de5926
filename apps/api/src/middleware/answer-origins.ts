import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import type { AppEnv, AppSettings } from "../app-parts.ts";

/**
 * Lets pages of other origins call (CORS). Only a browser says where a page is from; a shop's servers do not, and their answers go
 * without, which is a twentieth of the time that an order takes.
 */
export function answerOrigins(origins: AppSettings["corsOrigins"]) {
  const answer = cors({
    origin: origins === "*" ? "*" : [...origins],
    exposeHeaders: [
      "Idempotent-Replayed",
      "Location",
      "RateLimit",
      "RateLimit-Policy",
      "Retry-After",
      "X-Holdfast-Source",
      "X-Request-Id",
    ],
  });
  return createMiddleware<AppEnv>((c, next) => {
    if (c.req.header("origin") !== undefined) return answer(c, next);
    // A cache must not give this answer to a page.
    c.header("Vary", "Origin");
    return next();
  });
}
