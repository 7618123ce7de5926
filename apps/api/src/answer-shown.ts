import { present, type Shown } from "@holdfast/http-contract";
import type { Context, TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import type { z } from "zod";
import type { AppEnv } from "./app-parts.ts";

/** The typed answer that a call with this schema has to give. */
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
