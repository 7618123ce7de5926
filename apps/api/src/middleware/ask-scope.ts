import { assert } from "@holdfast/domain";
import { mayCall, routes, type Scope, scopeOf } from "@holdfast/http-contract";
import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/** The scope of each call, by its method and path as the router knows them. */
const scopeByCall: ReadonlyMap<string, Scope | undefined> = new Map(
  Object.values(routes).map((route) => [`${route.method.toUpperCase()} ${route.getRoutingPath()}`, scopeOf(route)]),
);

/**
 * Refuses a call if the caller's key lacks its scope. It runs before all calls, on the one that the router has found, so that no call can be
 * added without a scope.
 */
export function askScope(c: Context<AppEnv>): Response | undefined {
  const call = c.get("call");
  if (call === undefined) return undefined;
  const scope = scopeByCall.get(`${call.method} ${call.path}`);
  assert(scope !== undefined, `${call.method} ${call.path} says no scope`);
  if (mayCall(c.get("caller").scopes, scope)) return undefined;
  return answerProblem(c, "forbidden", { detail: `The key's scopes lack ${scope}.` });
}
