import { present, type Shown } from "@holdfast/http-contract";
import type { Context, TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import type { z } from "zod";
import { type AnswerHeaders, answer, json } from "./answer.ts";
import type { AppEnv } from "./app-parts.ts";
import { openApiInfo } from "./open-api-info.ts";

/** An answer that fits a schema, as the description of its call asks for it. */
export type ShownAnswer<Schema extends z.ZodType, Status extends 200 | 201 = 200> = Response &
  TypedResponse<JSONParsed<z.output<Schema>>, Status, "json">;

/** Answers with an entity, as a schema shows it. */
export function answerShown<Schema extends z.ZodType, Status extends 200 | 201 = 200>(
  c: Context<AppEnv>,
  schema: Schema,
  entity: Shown<Schema>,
  status?: Status,
  headers?: AnswerHeaders,
): ShownAnswer<Schema, Status> {
  const text = JSON.stringify(present(schema, entity));
  return answer(c, status ?? 200, text, { ...json, ...headers }) as ShownAnswer<Schema, Status>;
}

/**
 * Answers with one entity as it is now, and an `ETag` of its `state`: while that is as the client has it (`If-None-Match`), a read is answered 304
 * without a body. `state` changes whenever what is shown does. A later release may show more: the tag has its version too.
 */
export function answerTagged<Schema extends z.ZodType>(
  c: Context<AppEnv>,
  schema: Schema,
  entity: Shown<Schema>,
  state: string | number,
  more?: AnswerHeaders,
): ShownAnswer<Schema> {
  const tag = `"${openApiInfo.info.version}-${state}"`;
  const headers = { ETag: `W/${tag}`, "Cache-Control": "private, no-cache", ...more };
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  const known = isRead ? c.req.header("if-none-match") : undefined;
  const isKnown = known !== undefined && (known === "*" || known.includes(tag));
  return (
    isKnown
      ? answer(c, 304, null, headers)
      : answer(c, 200, JSON.stringify(present(schema, entity)), { ...json, ...headers })
  ) as ShownAnswer<Schema>;
}
