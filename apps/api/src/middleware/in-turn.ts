import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-parts.ts";

/** Looks at a request before its call does. An answer refuses it; `undefined` lets it pass. */
export type Check = (c: Context<AppEnv>) => Response | undefined | Promise<Response | undefined>;

/**
 * One middleware that makes several checks in turn, until one refuses. It waits only for those that give a promise: each layer around a call,
 * and each wait in it, costs every request.
 */
export function inTurn(...checks: readonly Check[]) {
  const check = first(checks);
  return createMiddleware<AppEnv>(async (c, next) => {
    const found = check(c);
    return (found instanceof Promise ? await found : found) ?? next();
  });
}

/** Checks for paths that begin so; all others pass. */
export function under(beginning: string, ...checks: readonly Check[]): Check {
  const check = first(checks);
  return (c) => (c.req.path.startsWith(beginning) ? check(c) : undefined);
}

/** What the first check says that refuses. */
function first(checks: readonly Check[]): Check {
  const checkFrom = (c: Context<AppEnv>, index: number): ReturnType<Check> => {
    for (let at = index; at < checks.length; at += 1) {
      const found = checks[at]?.(c);
      if (found instanceof Promise) return found.then((refusal) => refusal ?? checkFrom(c, at + 1));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (c) => checkFrom(c, 0);
}
