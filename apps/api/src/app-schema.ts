import type { Problem, routes } from "@holdfast/http-contract";
import type { RouteConfig } from "@hono/zod-openapi";
import type { ToSchema, TypedResponse } from "hono";
import type { ClientErrorStatusCode, ServerErrorStatusCode } from "hono/utils/http-status";
import type { JSONParsed } from "hono/utils/types";
import type { z } from "zod";

/**
 * Every call of the API as Hono's own client reads it, from the calls' descriptions: `hc<App>(url).v1.orders.$post({ json: { lines } })`.
 * Chaining the calls would give the same type, from one expression that knows all handlers.
 */
export type AppSchema = Intersection<SchemaOf<(typeof routes)[keyof typeof routes]>>;

type SchemaOf<Route> =
  Route extends Pick<RouteConfig, "method" | "path" | "responses">
    ? ToSchema<Route["method"], PathOf<Route["path"]>, { in: InputOf<Route> }, AnswersOf<Route["responses"]>>
    : never;

/** A path as Hono spells it. */
type PathOf<Path extends string> = Path extends `${infer Start}/{${infer Name}}${infer Rest}`
  ? `${Start}/:${Name}${PathOf<Rest>}`
  : Path;

type InputOf<Route> = Part<Route, "params", "param"> &
  Part<Route, "query", "query"> &
  Part<Route, "headers", "header"> &
  (Route extends { request: { body: { content: { "application/json": { schema: infer Schema extends z.ZodType } } } } }
    ? { json: z.input<Schema> }
    : unknown);

type Part<Route, Name extends string, Target extends string> = Route extends {
  request: { [N in Name]: infer Schema extends z.ZodType };
}
  ? { [T in Target]: z.input<Schema> }
  : unknown;

/** What a call answers: what its description names, or a problem. */
type AnswersOf<Responses> =
  | {
      [Status in keyof Responses & (200 | 201)]: Responses[Status] extends { content: infer Content }
        ? AnswerOf<Content, Status>
        : never;
    }[keyof Responses & (200 | 201)]
  | TypedResponse<Problem, ClientErrorStatusCode | ServerErrorStatusCode, "json">;

type AnswerOf<Content, Status extends 200 | 201> = Content extends {
  "application/json": { schema: infer Schema extends z.ZodType };
}
  ? TypedResponse<JSONParsed<z.input<Schema>>, Status, "json">
  : TypedResponse<string, Status, "text">;

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
