import { hash } from "node:crypto";
import { assert, type Claim, type Command, type CommandOf, type SubjectOf } from "@holdfast/domain";
import { type Shown, takesIdempotencyKey } from "@holdfast/http-contract";
import type { RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { z } from "zod";
import { answerRefusal } from "../answer-problem.ts";
import { answerShown } from "../answer-shown.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import type { Caller } from "../caller.ts";
import { shopperClaimKey } from "../order-token.ts";
import type { ShortageDetails } from "../shortage-details.ts";

/** The fields of a command that differ from call to call. The others are filled in here. */
type Own<Type extends Command["type"]> = Omit<CommandOf<Type>, "type" | "actor" | "claim">;

type Subject<Type extends Command["type"]> = SubjectOf<CommandOf<Type>>;

/** The parts of a request, checked against the call's description. */
interface Asked<Route> {
  readonly param: Route extends { request: { params: infer Schema } } ? Given<Schema> : undefined;
  readonly body: Route extends { request: { body: { content: Json<infer Schema> } } } ? Given<Schema> : undefined;
  readonly query: Route extends { request: { query: infer Schema } } ? Given<Schema> : undefined;
  readonly caller: Caller;
}

/** A parsed JSON body, where a field may be missing, but is never `undefined`. */
type Given<Schema> =
  Schema extends z.ZodType<infer Output> ? { readonly [Key in keyof Output]: Exclude<Output[Key], undefined> } : never;

/** The schema of a call's answer to a request that was accepted. */
type AnswerOf<Route> = Route extends { responses: { 201: { content: Json<infer Schema extends z.ZodType> } } }
  ? Schema
  : Route extends { responses: { 200: { content: Json<infer Schema extends z.ZodType> } } }
    ? Schema
    : never;

type Json<Schema> = { "application/json": { schema: Schema } };

interface CheckedRequest {
  valid(part: "param" | "json" | "query"): object | undefined;
  valid(part: "header"): { readonly "idempotency-key"?: string };
}

type Refusal = Response | undefined;

type Parts = Pick<AppParts, "engine"> & {
  /** What else a refused shopper learns of what is short. Left out: nothing. */
  readonly shortages?: Pick<ShortageDetails, "of">;
};

/** Answers calls that send commands to an engine. */
export function commandCalls(app: App, { engine, shortages }: Parts) {
  /**
   * Answers one call: makes the command that the request asks for, with its actor and the claim of its `Idempotency-Key`, asks
   * the engine, and shows the command's subject as the call's schema has it, or says why it was refused.
   *
   * `viewOf` adds what the answer shows beyond the subject's own fields. `locationOf` gives the `Location` of a created thing.
   * `refusalForShopper` is asked first where the key is a storefront's.
   */
  return function commandCall<Route extends RouteConfig, Type extends Command["type"]>(
    route: Route,
    type: Type,
    toCommand: (asked: Asked<Route>) => Own<Type>,
    viewOf: (subject: Subject<Type>, caller: Caller, isDryRun: boolean) => Shown<AnswerOf<Route>>,
    locationOf?: (subject: Subject<Type>) => string,
    refusalForShopper?: (c: Context<AppEnv>, asked: Asked<Route>) => Refusal | Promise<Refusal>,
  ): void {
    const { status, schema } = answerOf(route);
    const takesKey = takesIdempotencyKey(route);
    app.openapi(route as RouteConfig, async (c: Context<AppEnv>): Promise<Response> => {
      const request = c.req as unknown as CheckedRequest;
      const body = request.valid("json") ?? {};
      const caller = c.get("caller");
      const given = { param: request.valid("param"), query: request.valid("query") };
      const asked = { ...given, body, caller } as unknown as Asked<Route>;
      if (caller.isStorefront) {
        const refusal = await refusalForShopper?.(c, asked);
        if (refusal !== undefined) return refusal;
      }
      const own = toCommand(asked);
      const claim = takesKey && claimOf(c, request.valid("header")["idempotency-key"], body);
      const command = { ...own, type, actor: c.get("actor"), ...claim } as unknown as CommandOf<Type>;
      const result = await engine.submit(command);
      if (!result.ok) {
        const { failure } = result;
        return answerRefusal(c, result, "shortfalls" in failure ? await shortages?.of(failure.shortfalls) : []);
      }
      const { subject, replayed } = result.value;
      // Nothing was made: what would be made has no place, and an order that a key has made before is its answer all the same.
      const isTried = "dryRun" in command && command.dryRun === true && !replayed;
      return answerShown(c, schema, viewOf(subject, caller, isTried), isTried ? 200 : status, {
        ...(takesKey && replayed && { "Idempotent-Replayed": "true" }),
        ...(locationOf && !isTried && { Location: locationOf(subject) }),
      });
    });
  };
}

/** How a call answers a request that was accepted. */
function answerOf<Route extends RouteConfig>({ responses }: Route) {
  const status = responses[201] === undefined ? 200 : 201;
  const { content } = responses[status] as { readonly content?: Partial<Json<object>> };
  const schema = content?.["application/json"]?.schema;
  assert(schema !== undefined, "a call that sends a command answers in JSON");
  return { status, schema: schema as unknown as AnswerOf<Route> } as const;
}

/**
 * The claim of a request's `Idempotency-Key`, to spread into its command; empty without one.
 *
 * Keys of different callers are independent. A storefront's request has a claim in any case: the order's token follows from it. The
 * fingerprint is that of the parsed body, whose fields are in the order of its schema, so
 * that white space and field order do not matter.
 */
export function claimOf(c: Context<AppEnv>, key: string | undefined, body: object): { claim?: Claim } {
  const caller = c.get("caller");
  if (key === undefined && !caller.isStorefront) return {};
  return {
    claim: {
      key: caller.isStorefront ? shopperClaimKey(caller, key ?? crypto.randomUUID()) : `${caller.actor}:${key}`,
      fingerprint: hash("sha256", JSON.stringify(body), "base64url"),
    },
  };
}
