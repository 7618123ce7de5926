import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/**
 * Reads the body, and then checks the key again: a caller may take minutes to send a body, and the key may have been revoked meanwhile. The
 * body of a GET is ignored.
 */
export function askAgain(c: Context<AppEnv>): Promise<Response | undefined> | undefined {
  return c.req.method === "GET" || c.req.method === "HEAD" ? undefined : readAndAsk(c);
}

async function readAndAsk(c: Context<AppEnv>): Promise<Response | undefined> {
  try {
    c.set("body", await c.req.text());
  } catch {
    return answerProblem(c, "malformed_request", { detail: "The body broke off." });
  }
  const found = c.get("pass")();
  const caller = found instanceof Promise ? await found : found;
  return caller === undefined ? answerProblem(c, "unauthorized") : undefined;
}
