import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { AppEnv } from "../app-parts.ts";

/** One line a request: `debug` for what went well or was the caller's mistake, `warn` for a 5xx. */
export function logRequests(logger: Logger) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now();
    await next();
    const { status } = c.res;
    const level = status >= 500 ? "warn" : "debug";
    if (!logger.isLevelEnabled(level)) return;
    const { method, path } = c.req;
    logger[level](
      { requestId: c.get("requestId"), method, path, status, ms: Math.round(performance.now() - began) },
      "request",
    );
  });
}
