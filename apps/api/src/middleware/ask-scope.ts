import { assert } from "@holdfast/domain";
import { mayCall, routes, type Scope, scopeOf } from "@holdfast/http-contract";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/** The scope of each call, by its method and path as the router knows them. */
const scopeByCall: ReadonlyMap<string, Scope | undefined> = new Map(
  Object.values(routes).map((route) => [`${route.method.toUpperCase()} ${route.getRoutingPath()}`, scopeOf(route)]),
);

/**
 * Refuses a call if the caller's key lacks its scope. It runs before all calls and asks the router which one is meant, so that no call
 * can be added without a scope.
 */
export const askScope = createMiddleware<AppEnv>((c, next) => {
  // The call is the first match that is not middleware (`ALL`). The GET call answers a HEAD.
  const call = matchedRoutes(c).find(({ method }) => method !== "ALL");
  if (call === undefined) return next();
  const scope = scopeByCall.get(`${call.method} ${call.path}`);
  assert(scope !== undefined, `${call.method} ${call.path} says no scope`);
  if (mayCall(c.get("caller").scopes, scope)) return next();
  return Promise.resolve(answerProblem(c, "forbidden", { detail: `The key's scopes lack ${scope}.` }));
});
