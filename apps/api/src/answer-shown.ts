import { present, type Shown } from "@holdfast/http-contract";
import type { Context, TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import type { z } from "zod";
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
): ShownAnswer<Schema, Status> {
  return c.json(present(schema, entity) as object, status ?? 200) as unknown as ShownAnswer<Schema, Status>;
}

/**
 * Answers a read of one entity, with an `ETag` of its `state`: while that is as the client has it (`If-None-Match`), the answer is 304
 * without a body. `state` changes whenever what is shown does. A later release may show more: the tag has its version too.
 */
export function answerTagged<Schema extends z.ZodType>(
  c: Context<AppEnv>,
  schema: Schema,
  entity: Shown<Schema>,
  state: string | number,
): ShownAnswer<Schema> {
  const tag = `"${openApiInfo.info.version}-${state}"`;
  const headers = { ETag: `W/${tag}`, "Cache-Control": "private, no-cache" };
  const known = c.req.header("if-none-match");
  const answer =
    known !== undefined && (known === "*" || known.includes(tag))
      ? c.body(null, 304, headers)
      : c.json(present(schema, entity) as object, 200, headers);
  return answer as unknown as ShownAnswer<Schema>;
}
