import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-parts.ts";

/** Looks at a request before its call does. An answer refuses it; `undefined` lets it pass. */
export type Check = (c: Context<AppEnv>) => Response | undefined | Promise<Response | undefined>;

/**
 * One middleware that makes several checks in turn, and waits only for those that give a promise: each layer around a call, and each wait in
 * it, costs every request.
 */
export function inTurn(...checks: readonly Check[]) {
  return createMiddleware<AppEnv>(async (c, next) => {
    for (const check of checks) {
      const found = check(c);
      const refusal = found instanceof Promise ? await found : found;
      if (refusal !== undefined) return refusal;
    }
    return next();
  });
}
