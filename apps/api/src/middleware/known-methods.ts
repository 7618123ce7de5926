import { isSingleRead, routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { addHeader, answer } from "../answer.ts";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppEnv } from "../app-parts.ts";
import type { Check } from "./in-turn.ts";

/** The headers that any call may have. */
const headersOfAll = ["Authorization", "Content-Type", "X-Request-Id"];

/** Its method tells middleware from a call. */
export const everyMethod = "ALL";

/** A header that a call describes or takes as a single read, in small letters, and the call's path as the router knows it. */
const describedHeaders = Object.values(routes).flatMap((route) => {
  const { request } = route as { request?: { headers?: { shape: object } } };
  const path: string = route.getRoutingPath();
  const described = Object.keys(request?.headers?.shape ?? {});
  return [...described, ...(isSingleRead(route) ? ["if-none-match"] : [])].map((header) => ({ header, path }));
});

/** The methods of a path, in order; none for an unknown path. HEAD goes with GET, OPTIONS with all. */
export function methodsAt(app: App, path: string): string[] {
  const own = callsAt(app, path).map(({ method }) => method);
  if (own.length === 0) return [];
  return [...new Set([...own, ...(own.includes("GET") ? ["HEAD"] : []), "OPTIONS"])].sort();
}

/** The headers that a page may send to a path. */
export function headersAt(app: App, path: string): string[] {
  const paths = callsAt(app, path).map((call) => call.path);
  const described = describedHeaders.filter((each) => paths.includes(each.path)).map(({ header }) => header);
  return [...new Set([...headersOfAll, ...described])];
}

function callsAt(app: App, path: string): { readonly method: string; readonly path: string }[] {
  const methods = new Set(app.routes.map(({ method }) => method));
  methods.delete(everyMethod);
  return [...methods].flatMap((method) => {
    const call = app.router.match(method, path)[0].find(([[, route]]) => route.method !== everyMethod);
    return call === undefined ? [] : [{ method, path: call[0][1].path }];
  });
}

/**
 * Answers OPTIONS, and refuses a method that a path does not have: 405, with its methods in `Allow`. It runs before all calls, and lets
 * unknown paths pass.
 */
export function knownMethods(app: App): Check {
  return (c) => {
    if (c.get("call") !== undefined) return undefined;
    const methods = methodsAt(app, c.req.path);
    if (methods.length === 0) return undefined;
    addHeader(c, "Allow", methods.join(", "));
    return c.req.method === "OPTIONS" ? answer(c, 204, null, {}) : answerProblem(c, "method_not_allowed");
  };
}

/** Whether a browser asks what a page may send, before it sends it. */
export function isPreflight(c: Context<AppEnv>): boolean {
  return c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
}
