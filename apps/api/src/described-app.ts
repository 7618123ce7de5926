import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context, Handler } from "hono";
import type { z } from "zod";
import { answerProblem } from "./answer-problem.ts";
import type { AppEnv } from "./app-parts.ts";

/** How many mistakes an answer lists. Ten thousand wrong lines teach no more than the first few. */
const errorsMax = 20;

/** The longest message of a mistake. A message that quotes the caller could otherwise be as long as the request. */
const messageLengthMax = 300;

/**
 * An app whose calls are described once: `openapi` adds a call to the document, and checks its requests by the same description before the
 * call's own code reads them (`c.req.valid`).
 *
 * The class it extends does so in one asynchronous middleware for each part of a request, and copies all headers to read one.
 */
export class DescribedApp extends OpenAPIHono<AppEnv> {
  override openapi = ((route: RouteConfig, handler: Handler<AppEnv>) => {
    this.openAPIRegistry.registerPath(route);
    const check = requestCheck(route.request as DescribedRequest | undefined);
    const path = route.path.replaceAll(/\/{(.+?)}/g, "/:$1");
    return this.on([route.method], [path], (c, next) => check(c) ?? handler(c, next));
  }) as OpenAPIHono<AppEnv>["openapi"];
}

interface DescribedRequest {
  readonly query?: z.ZodType;
  readonly params?: z.ZodType;
  readonly headers?: z.ZodObject;
  readonly body?: {
    readonly required?: boolean;
    readonly content: { readonly "application/json"?: { readonly schema: z.ZodType } };
  };
}

/** Checks requests against their call's description. Gives the answer to one that does not fit. */
function requestCheck({ query, params, headers, body }: DescribedRequest = {}) {
  const headerNames = Object.keys(headers?.shape ?? {});
  // Most requests have no query: what it comes to then is worked out once.
  const withoutQuery = query?.safeParse({});
  const bodySchema = body?.content["application/json"]?.schema;
  return (c: Context<AppEnv>): Response | undefined =>
    (query && queryRefusal(c, query, withoutQuery)) ??
    (params && refusalOf(c, "param", params, c.req.param())) ??
    (headers && refusalOf(c, "header", headers, headersOf(c, headerNames))) ??
    (bodySchema && bodyRefusal(c, bodySchema, body?.required === true));
}

function queryRefusal(
  c: Context<AppEnv>,
  schema: z.ZodType,
  withoutQuery: z.ZodSafeParseResult<unknown> | undefined,
): Response | undefined {
  if (withoutQuery?.success !== true || c.req.url.includes("?")) return refusalOf(c, "query", schema, queryOf(c));
  c.req.addValidatedData("query", withoutQuery.data as object);
  return undefined;
}

/** Keeps what a schema makes of a part of the request, or refuses it. */
function refusalOf(
  c: Context<AppEnv>,
  part: "query" | "param" | "header" | "json",
  schema: z.ZodType,
  given: unknown,
): Response | undefined {
  const { success, data, error } = schema.safeParse(given);
  if (!success) return answerProblem(c, "malformed_request", { errors: mistakesIn(error) });
  c.req.addValidatedData(part, data as object);
  return undefined;
}

/** An empty body is none, whatever its type: HTTP libraries send `Content-Type: application/json` with every POST. */
function bodyRefusal(c: Context<AppEnv>, schema: z.ZodType, required: boolean): Response | undefined {
  const text = c.get("body");
  if (text === "") {
    if (required) return answerProblem(c, "malformed_request", { detail: "This call needs a body in JSON." });
    c.req.addValidatedData("json", {});
    return undefined;
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return answerProblem(c, "malformed_request", { detail: "Malformed JSON in request body" });
  }
  return refusalOf(c, "json", schema, given);
}

/** The query as schemas take it: a repeated parameter is a list, which all calls refuse. */
export function queryOf(c: Context<AppEnv>): Readonly<Record<string, string | readonly string[]>> {
  const given = Object.entries(c.req.queries());
  return Object.fromEntries(given.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));
}

function headersOf(c: Context<AppEnv>, names: readonly string[]): Readonly<Record<string, string | undefined>> {
  const given: Record<string, string | undefined> = {};
  for (const name of names) given[name] = c.req.header(name);
  return given;
}

function mistakesIn({ issues }: z.ZodError) {
  // A path names what the caller named, and may be as long as the whole request.
  return issues
    .slice(0, errorsMax)
    .map(({ path, message }) => ({ message: shortened(message), path: shortened(path.join(".")) }));
}

function shortened(text: string): string {
  if (text.length <= messageLengthMax) return text;
  return `${text.slice(0, messageLengthMax).toWellFormed()}...`;
}
