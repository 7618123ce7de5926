import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/**
 * Asks whose key it is once more when the body is there: a caller may take minutes over it, and the key may have been revoked
 * meanwhile. The calls find the body read.
 */
export const askAgain = createMiddleware<AppEnv>(async (c, next) => {
  // What comes with a GET is never looked at.
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  try {
    await c.req.text();
  } catch {
    return answerProblem(c, "malformed_request", { detail: "The body broke off." });
  }
  const found = c.get("pass")();
  const caller = found instanceof Promise ? await found : found;
  return caller === undefined ? answerProblem(c, "unauthorized") : next();
});
