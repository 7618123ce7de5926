import type { Context } from "hono";
import { addHeader, answer } from "../answer.ts";
import type { App, AppEnv, AppSettings } from "../app-parts.ts";
import type { Check } from "./in-turn.ts";
import { headersAt, isPreflight, methodsAt } from "./known-methods.ts";

/** How long a browser may remember what a page may send. Browsers accept two hours at most. */
const maxAgeSeconds = 7_200;

/** The headers that a page may read: the server's time too, for a countdown to a reservation's end. */
const exposed = [
  "Date",
  "ETag",
  "Idempotent-Replayed",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-Holdfast-Source",
  "X-Request-Id",
].join(",");

/**
 * Lets pages of other origins call (CORS). Only browsers send an `Origin`; answers to a shop's servers leave these headers out.
 *
 * The answer to a preflight names exactly the methods and headers of its path.
 */
export function answerOrigins(app: App, origins: AppSettings["corsOrigins"]): Check {
  return (c) => {
    const origin = c.req.header("origin");
    // A cache must not give the answer of one origin to another one, or to a page that of none.
    if (origin === undefined || origins !== "*") addHeader(c, "Vary", "Origin");
    if (origin === undefined) return undefined;
    const methods = isPreflight(c) ? methodsAt(app, c.req.path) : [];
    // Not a preflight, or of an unknown path: another check answers.
    if (methods.length === 0 && c.req.method === "OPTIONS") return undefined;
    if (origins === "*" || origins.includes(origin)) {
      addHeader(c, "Access-Control-Allow-Origin", origins === "*" ? "*" : origin);
    }
    addHeader(c, "Access-Control-Expose-Headers", exposed);
    return methods.length === 0 ? undefined : answerPreflight(c, methods, headersAt(app, c.req.path));
  };
}

function answerPreflight(c: Context<AppEnv>, methods: readonly string[], headers: readonly string[]): Response {
  return answer(c, 204, null, {
    Allow: methods.join(", "),
    "Access-Control-Allow-Methods": methods.join(","),
    "Access-Control-Allow-Headers": headers.join(","),
    "Access-Control-Max-Age": String(maxAgeSeconds),
    Vary: "Origin, Access-Control-Request-Headers",
  });
}
