import type { ObserveRequest } from "@holdfast/metrics";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { AppEnv } from "../app-parts.ts";

/** Tells how long each request took, under the template of its route; `none` where there is no such call. */
export function measureRequests(observe: ObserveRequest) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now();
    await next();
    // Middleware stands under a wildcard, a call under the path of its own. The last one that matched is the call.
    const path = matchedRoutes(c).at(-1)?.path ?? "*";
    const route = path.endsWith("*") ? "none" : path.replaceAll(/:(\w+)/g, "{$1}");
    observe(c.req.method, route, c.res.status, (performance.now() - began) / 1_000);
  });
}
