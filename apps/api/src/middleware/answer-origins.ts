import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import type { App, AppEnv, AppSettings } from "../app-parts.ts";
import { headersAt, isPreflight, methodsAt } from "./known-methods.ts";

/** A browser may remember for so long what a page may send: two hours are the most that any of them takes. */
const maxAgeSeconds = 7_200;

const exposed = [
  "ETag",
  "Idempotent-Replayed",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-Holdfast-Source",
  "X-Request-Id",
];

/**
 * Lets pages of other origins call (CORS). Only a browser says where a page is from; a shop's servers do not, and their answers go
 * without, which is a twentieth of the time that an order takes.
 *
 * A preflight names the methods and headers that its path has, and no others.
 */
export function answerOrigins(app: App, origins: AppSettings["corsOrigins"]) {
  const origin = origins === "*" ? "*" : [...origins];
  const answer = cors({ origin, exposeHeaders: exposed });
  return createMiddleware<AppEnv>((c, next) => {
    if (c.req.header("origin") === undefined) {
      // A cache must not give this answer to a page.
      c.header("Vary", "Origin");
      return next();
    }
    const methods = isPreflight(c) ? methodsAt(app, c.req.path) : [];
    // Not a preflight, or one of a path that is not there: what comes behind answers.
    if (methods.length === 0) return c.req.method === "OPTIONS" ? next() : answer(c, next);
    c.header("Allow", methods.join(", "));
    return cors({
      origin,
      allowMethods: methods,
      allowHeaders: headersAt(app, c.req.path),
      maxAge: maxAgeSeconds,
    })(c, next);
  });
}
