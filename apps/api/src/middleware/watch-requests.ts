import type { Logger } from "@holdfast/engine";
import type { ObserveRequest } from "@holdfast/metrics";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { completePage } from "../answer.ts";
import type { AppEnv } from "../app-parts.ts";
import { everyMethod } from "./known-methods.ts";

/** A caller's own id of a request, to find it in the log by. */
const givenId = /^[\w\-=]{1,255}$/;

/**
 * Stands around everything else: names each request, finds the call that it means, and completes an answer that is a page.
 *
 * Measures each request, for the metrics and for one line in the log: `debug` for success, callers' mistakes and outages, `warn` for any
 * other 5xx. Calls `served` after each successful one that used the database.
 */
export function watchRequests(logger: Logger, observe: ObserveRequest | undefined, served: () => void) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now();
    const given = c.req.header("x-request-id");
    const requestId = given !== undefined && givenId.test(given) ? given : crypto.randomUUID();
    const call = matchedRoutes(c).find(({ method }) => method !== everyMethod);
    c.set("requestId", requestId);
    c.set("headers", { "X-Request-Id": requestId });
    c.set("call", call);
    await next();
    if (!c.get("answered")) await completePage(c);
    const ms = performance.now() - began;
    const { status } = c.res;
    const { method } = c.req;
    observe?.(method, call === undefined ? "none" : templateOf(call.path), status, ms / 1_000);
    if (status < 500 && c.req.path.startsWith("/v1/")) served();
    // A line for each request would add load to an overloaded process or a full disk.
    const level = status >= 500 && status !== 503 ? "warn" : "debug";
    if (logger.isLevelEnabled?.(level) === false) return;
    // Who is erased must not stay in the log.
    const path = call?.path.startsWith("/v1/customers/") === true ? templateOf(call.path) : c.req.path;
    const { actor, refusal } = c.var;
    logger[level]({ requestId, actor, method, path, status, ...refusal, ms: Math.round(ms) }, "request");
  });
}

const templates = new Map<string, string>();

/** The path template of a call, as in `/openapi.json`. */
function templateOf(path: string): string {
  let template = templates.get(path);
  if (template === undefined) {
    template = path.replaceAll(/:(\w+)/g, "{$1}");
    templates.set(path, template);
  }
  return template;
}
