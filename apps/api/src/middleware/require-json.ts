import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

// Parameters as the validator of bodies reads them: what it would not, is refused here.
const jsonType = /^application\/json(;\s*[a-z0-9-]+=[^;]+)*$/i;

/** Refuses a body of any other type, rather than reading it as if it were not there. */
export const requireJson = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method === "POST") {
    const type = c.req.header("content-type");
    const hasBody = (c.req.header("content-length") ?? "0") !== "0" || c.req.header("transfer-encoding") !== undefined;
    if (type === undefined ? hasBody : !jsonType.test(type)) return answerProblem(c, "unsupported_media_type");
  }
  return next();
});
