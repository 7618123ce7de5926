import type { ObserveRequest } from "@holdfast/metrics";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { Logger } from "pino";
import type { AppEnv } from "../app-parts.ts";

/**
 * Measures each request, for the metrics and for one line in the log: `debug` for success, callers' mistakes and outages, `warn` for any
 * other 5xx. Calls `served` after each successful one that used the database.
 */
export function watchRequests(logger: Logger, observe: ObserveRequest, served: () => void) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now();
    await next();
    const ms = performance.now() - began;
    const { status } = c.res;
    const { method } = c.req;
    observe(method, routeOf(c), status, ms / 1_000);
    if (status < 500 && c.req.path.startsWith("/v1/")) served();
    // A line for each request would add load to an overloaded process or a full disk.
    const level = status >= 500 && status !== 503 ? "warn" : "debug";
    if (!logger.isLevelEnabled(level)) return;
    const { path } = c.req;
    const { requestId, actor, refusal } = c.var;
    logger[level]({ requestId, actor, method, path, status, ...refusal, ms: Math.round(ms) }, "request");
  });
}

const templates = new Map<string, string>();

/** The path template of a call, as in `/openapi.json`; `none` for an unknown one. */
function routeOf(c: Context): string {
  // Middleware stands under a wildcard, a call under a path of its own. The last one that matched is the call.
  const path = matchedRoutes(c).at(-1)?.path ?? "*";
  let template = templates.get(path);
  if (template === undefined) {
    template = path.endsWith("*") ? "none" : path.replaceAll(/:(\w+)/g, "{$1}");
    templates.set(path, template);
  }
  return template;
}
