import { routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";
import { knownLength } from "./limit-body.ts";

/** The calls that need a body, as the router knows them. */
const needBody: ReadonlySet<string> = new Set(
  Object.values(routes).flatMap((route) => {
    const { request } = route as { request?: { body?: { required?: boolean } } };
    return request?.body?.required === true ? [`${route.method.toUpperCase()} ${route.getRoutingPath()}`] : [];
  }),
);

/**
 * Treats an empty body as none, whatever its type: HTTP libraries send `Content-Type: application/json` with every POST. Refuses it if
 * the call needs a body.
 */
export const emptyBody = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD" || !(await isEmpty(c))) return next();
  if (matchedRoutes(c).some(({ method, path }) => needBody.has(`${method} ${path}`))) {
    return answerProblem(c, "malformed_request", { detail: "This call needs a body in JSON." });
  }
  if (c.req.header("content-type") !== undefined) c.req.raw.headers.delete("content-type");
  return next();
});

async function isEmpty(c: Context<AppEnv>): Promise<boolean> {
  const bytes = knownLength(c);
  return bytes === undefined ? (await c.req.text()) === "" : bytes === 0;
}
