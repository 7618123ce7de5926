import type { Context } from "hono";
import { addHeader } from "../answer.ts";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

// Matches only parameters that the validator of bodies understands.
const jsonType = /^application\/json(;\s*[a-z0-9-]+=[^;]+)*$/i;

/** JSON is UTF-8 (RFC 8259, 8.1). */
const otherCharset = /;\s*charset\s*=\s*(?!"?utf-?8"?\s*(;|$))/i;

/** Refuses a body of any other type, or with a content encoding, rather than misreading it. */
export function requireJson(c: Context<AppEnv>): Response | undefined {
  if (c.req.method === "GET" || c.req.method === "HEAD") return undefined;
  const type = c.req.header("content-type");
  const hasBody = (c.req.header("content-length") ?? "0") !== "0" || c.req.header("transfer-encoding") !== undefined;
  const isJson = type !== undefined && jsonType.test(type) && !otherCharset.test(type);
  if (type === undefined ? hasBody : !isJson) return answerProblem(c, "unsupported_media_type");
  if (
    isPacked(c.req.header("content-encoding"), "identity") ||
    isPacked(c.req.header("transfer-encoding"), "chunked")
  ) {
    addHeader(c, "Accept-Encoding", "identity");
    return answerProblem(c, "unsupported_encoding");
  }
  return undefined;
}

/** The server has joined chunks by now, but decodes no other encoding. */
function isPacked(encoding: string | undefined, plain: string): boolean {
  const said = encoding?.trim().toLowerCase() ?? "";
  return said !== plain && said !== "";
}
