import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/**
 * Checks the key again when the body has arrived: a caller may take minutes to send it, and the key may have been revoked meanwhile. The
 * calls find the body read.
 */
export const askAgain = createMiddleware<AppEnv>(async (c, next) => {
  // The body of a GET is ignored.
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
