import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/** Refuses a body over the limit, and one that breaks off: a caller who hangs up is no bug of ours. */
export function limitBody(bytesMax: number) {
  const limit = bodyLimit({ maxSize: bytesMax, onError: (c) => answerProblem(c, "body_too_large") });
  return createMiddleware<AppEnv>(async (c, next) => {
    let isThere = false;
    try {
      return await limit(c, async () => {
        isThere = true;
        await next();
      });
    } catch (error) {
      if (isThere) throw error;
      return answerProblem(c, "malformed_request", { detail: "The body broke off." });
    }
  });
}
