import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";
import type { Check } from "./in-turn.ts";

/**
 * Refuses a body over the limit, and one that breaks off: that is the caller's fault, not a bug of ours.
 *
 * It judges a body of known length by that, and HTTP reads no more of it. It reads only other bodies to measure them: to read a body as a
 * stream, the server builds a whole `Request`, which takes a fifth of an API's time.
 */
export function limitBody(bytesMax: number): Check {
  const limit = bodyLimit({ maxSize: bytesMax, onError: (c) => answerProblem(c, "body_too_large") });
  return (c) => {
    // The body of a GET is ignored.
    if (c.req.method === "GET" || c.req.method === "HEAD") return undefined;
    const bytes = knownLength(c);
    if (bytes === undefined) return measured(c, limit);
    return bytes > bytesMax ? answerProblem(c, "body_too_large") : undefined;
  };
}

async function measured(c: Context<AppEnv>, limit: MiddlewareHandler): Promise<Response | undefined> {
  try {
    return (await limit(c, async () => {})) ?? undefined;
  } catch {
    return answerProblem(c, "malformed_request", { detail: "The body broke off." });
  }
}

/** Over HTTP, a request with neither a length nor chunks has no body (RFC 9112, 6.3). In memory it may have one. */
function knownLength(c: Context<AppEnv>): number | undefined {
  if (c.req.header("transfer-encoding") !== undefined) return undefined;
  const overHttp = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined;
  const length = c.req.header("content-length") ?? (overHttp ? "0" : undefined);
  return length === undefined ? undefined : Number(length);
}
