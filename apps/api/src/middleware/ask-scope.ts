import { assert } from "@holdfast/domain";
import { mayCall, routes, type Scope, scopesOf } from "@holdfast/http-contract";
import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/** The scopes of each call, by its method and path as the router knows them. */
const scopesByCall: ReadonlyMap<string, readonly Scope[]> = new Map(
  Object.values(routes).map((route) => [`${route.method.toUpperCase()} ${route.getRoutingPath()}`, scopesOf(route)]),
);

/**
 * Refuses a call if the caller's key lacks its scope. It runs before all calls, on the one that the router has found, so that no call can be
 * added without a scope.
 */
export function askScope(c: Context<AppEnv>): Response | undefined {
  const call = c.get("call");
  if (call === undefined) return undefined;
  const asked = scopesByCall.get(`${call.method} ${call.path}`) ?? [];
  assert(asked.length > 0, `${call.method} ${call.path} says no scope`);
  if (mayCall(c.get("caller").scopes, asked)) return undefined;
  return answerProblem(c, "forbidden", { detail: `The key's scopes lack ${asked.join(" or ")}.` });
}
