import { limits } from "@holdfast/domain";
import { createRoute as createOpenRoute, type RouteConfig, z } from "@hono/zod-openapi";
import { answerHeaders } from "./answer-headers.ts";
import { pagingQuery } from "./paging.ts";
import { everyCallsProblems, type ProblemCode, problemAnswersOf, problemSchemaOf } from "./problem.ts";
import type { Scope } from "./scopes.ts";

/** What a call below `/v1` says of itself, beside its path, its request and its answer. */
type Described = DescribedRead | DescribedChange;

interface DescribedRead extends DescribedCall {
  readonly method: "get";
}

interface DescribedChange extends DescribedCall {
  readonly method: "post" | "put" | "patch" | "delete";
  /**
   * What the very same request does when it comes again late, behind a change of someone else's: without its `Idempotency-Key` and `If-Match`,
   * where it takes them. `docs/repeats.md` and the OpenAPI document say it.
   */
  readonly sentAgain: string;
}

interface DescribedCall {
  /** A group and a verb: `orders.place`. It names the call in clients that are generated. */
  readonly operationId: `${string}.${string}`;
  /** The scope that a key needs. */
  readonly scope: Scope;
  /** A storefront's key may make it as well. The call has to see to it that its holder meets nothing but what is the shopper's own. */
  readonly forShoppers?: true;
  /** How it can be refused, beside what every call of its shape can be refused for. */
  readonly problems?: readonly ProblemCode[];
}

/**
 * Describes a call below `/v1`. From the shape of its request follow the problems that calls of this shape can answer with, and
 * the headers of its answers.
 *
 * The scope goes into the OpenAPI document as the role that the API key needs. `scopesOf` reads it from there, so that the
 * documented scope is the one that is asked for.
 */
export function createRoute<
  Path extends `/v1/${string}`,
  Config extends Omit<RouteConfig, "path" | "security" | "operationId"> & { path: Path },
>(described: Config & Described) {
  const {
    scope,
    forShoppers = false,
    problems = [],
    sentAgain,
    ...config
  } = described as Config & DescribedCall & { readonly sentAgain?: string };
  const description = [config.description ?? [], sentAgain === undefined ? [] : ofRepeat(described, sentAgain)]
    .flat()
    .join(" ");
  const codes = [...problems, ...problemsOfShape(described), ...everyCallsProblems];
  const takesKey = takesIdempotencyKey(described);
  const isTagged = isTaggedCall(described);
  const responses = Object.entries(described.responses).map(([status, answer]) => {
    return [status, { ...answer, headers: answerHeaders(Number(status), { takesKey, isTagged }) }];
  });
  const unchanged = isSingleRead(described) && {
    304: { description: unchangedDescription, headers: answerHeaders(304, { isTagged }) },
  };
  const refusals = problemAnswersOf(codes, problemSchemaOf(described.operationId, codes));
  const route = createOpenRoute<Path, Config>({
    ...config,
    description,
    responses: { ...Object.fromEntries(responses), ...unchanged, ...refusals },
  } as unknown as Config);
  const allowed: readonly Scope[] = forShoppers ? [scope, "checkout"] : [scope];
  return Object.assign(route, { security: allowed.map((each) => ({ apiKey: [each] })) });
}

/** What the document says of a late repeat. */
function ofRepeat(described: object, sentAgain: string): string {
  const guards = repeatGuards(described);
  return `Sent again late${guards.length > 0 ? ` without ${guards.join(" or ")}` : ""}: ${sentAgain}`;
}

/** What a call says that a late repeat does, without the headers that guard it. `undefined`: it changes nothing. */
export function sentAgainOf(route: object): string | undefined {
  const { description = "" } = route as Pick<RouteConfig, "description">;
  return /Sent again late[^:]*: (.*)$/s.exec(description)?.[1];
}

/** The headers of a call that keep a late repeat from doing what it does otherwise. */
export function repeatGuards(route: object): string[] {
  const described = route as Pick<RouteConfig, "request">;
  const { headers } = described.request ?? {};
  return [
    ...(takesIdempotencyKey(described) ? ["`Idempotency-Key`"] : []),
    ...(headers === matchHeaders || headers === linesHeaders ? ["`If-Match`"] : []),
  ];
}

const unchangedDescription = "It is as it was when it had the `ETag` that `If-None-Match` names.";

/** A call that reads one entity by its key. */
export function isSingleRead({ method, path }: Pick<RouteConfig, "method" | "path">): boolean {
  return method === "get" && path.endsWith("}");
}

/** A call that answers with one entity and its `ETag`. */
function isTaggedCall(described: Pick<RouteConfig, "method" | "path" | "request">): boolean {
  const headers = described.request?.headers;
  return isSingleRead(described) || headers === matchHeaders || headers === linesHeaders;
}

/** What calls of a shape can be refused for, whatever they do. */
function problemsOfShape(route: Pick<RouteConfig, "method" | "request">): readonly ProblemCode[] {
  const { method, request = {} } = route;
  const shape = request.query !== undefined && "shape" in request.query ? request.query.shape : {};
  return [
    "malformed_request",
    ...(Object.values(shape as object).includes(pagingQuery.cursor) ? (["invalid_cursor"] as const) : []),
    ...(takesIdempotencyKey(route) ? (["idempotency_key_reused"] as const) : []),
    ...(method === "post" || method === "patch" || method === "put" || method === "delete"
      ? (["body_too_large", "unsupported_media_type", "unsupported_encoding", "outcome_unknown"] as const)
      : []),
  ];
}

/** Whether a call makes something, or a change that may be overtaken, and its `Idempotency-Key` makes a repeat harmless. */
export function takesIdempotencyKey({ request }: Pick<RouteConfig, "request">): boolean {
  const headers = request?.headers;
  return headers === idempotencyHeaders || headers === placingHeaders || headers === linesHeaders;
}

/** The scopes of which a call asks for one; none for a call that asks for no key. */
export function scopesOf(route: object): readonly Scope[] {
  const { security = [] } = route as Pick<RouteConfig, "security">;
  return security.flatMap((each) => (each["apiKey"] ?? []) as readonly Scope[]);
}

/** The header of a call whose key makes a repeat harmless. */
export const idempotencyHeaders = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(limits.idempotencyKeyLengthMax)
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
    .optional()
    .openapi({
      description:
        "Send the same request again with the same key, and it happens once; a replay answers the same body.",
      example: "checkout-8f14e45f",
    }),
});

/** The header by which a storefront's key shows whose order it is about. */
export const orderTokenHeaders = z.object({
  "order-token": z.string().max(limits.orderTokenLengthMax).optional().openapi({
    description:
      "The `orderToken` of the answer to the order's placing. A key for `checkout` needs it; other keys do without.",
    example: "hfo_5OaF0Yt7Qk2Vd1c8mXbNwZr4EuHpLiGsJ6o9ByTfKvA",
  }),
});

/** The headers of the call that places an order, which may take the place of a shopper's own one. */
export const placingHeaders = z.object({ ...idempotencyHeaders.shape, ...orderTokenHeaders.shape });

/** The headers of a call that changes what was read before. */
export const matchHeaders = z.object({
  "if-match": z.string().max(1_000).optional().openapi({
    description:
      "The `ETag` that a read gave: where it has changed since, the answer is 412. Stock that has moved is no change. Left out, or `*`: whatever it is.",
    example: 'W/"0.1.0-7"',
  }),
});

/** The headers of the call that changes an order's lines, which may be a shopper's own one. */
export const linesHeaders = z.object({
  ...idempotencyHeaders.shape,
  ...matchHeaders.shape,
  ...orderTokenHeaders.shape,
});

/** An answer in JSON. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } } as const;
}

/** A body in JSON that a request must have. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } } as const;
}
