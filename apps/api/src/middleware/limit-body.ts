import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/**
 * Refuses a body over the limit, and one that breaks off: that is the caller's fault, not a bug of ours.
 *
 * It judges a body of known length by that, and HTTP reads no more of it. It reads only other bodies to measure them: to read a body as a
 * stream, the server builds a whole `Request`, which takes a fifth of an API's time.
 */
export function limitBody(bytesMax: number) {
  const limit = bodyLimit({ maxSize: bytesMax, onError: (c) => answerProblem(c, "body_too_large") });
  return createMiddleware<AppEnv>(async (c, next) => {
    // The body of a GET is ignored.
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const bytes = knownLength(c);
    if (bytes !== undefined) return bytes > bytesMax ? answerProblem(c, "body_too_large") : next();
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

/** Over HTTP, a request with neither a length nor chunks has no body (RFC 9112, 6.3). In memory it may have one. */
export function knownLength(c: Context<AppEnv>): number | undefined {
  if (c.req.header("transfer-encoding") !== undefined) return undefined;
  const overHttp = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined;
  const length = c.req.header("content-length") ?? (overHttp ? "0" : undefined);
  return length === undefined ? undefined : Number(length);
}
