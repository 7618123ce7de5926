import { type FailureCode, failureCodes } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { answerHeaders } from "./answer-headers.ts";
import { orderSchema } from "./order-schemas.ts";

interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 410 | 412 | 413 | 415 | 417 | 422 | 429 | 431 | 500 | 503;
  readonly title: string;
}

/** Refusals of the edge: the rules were never asked, or could not answer. */
const edgeProblems = {
  malformed_request: { status: 400, title: "The request is not what this call takes." },
  invalid_cursor: { status: 400, title: "The cursor is not one of this list." },
  unauthorized: { status: 401, title: "A valid API key is needed: `Authorization: Bearer <key>`." },
  not_found: { status: 404, title: "There is no such call." },
  method_not_allowed: { status: 405, title: "This path has no such method. `Allow` names those that it has." },
  request_timeout: { status: 408, title: "The request took too long to arrive." },
  expectation_failed: { status: 417, title: "No `Expect` is met but `100-continue`." },
  header_too_large: { status: 431, title: "The address and the headers are too long." },
  reservation_not_found: { status: 404, title: "There is no reservation with this id." },
  feed_restarted: {
    status: 410,
    title:
      "The database was restored, and the feed is another one than the cursor's. Begin with `nextCursor`, and check what you have read against the books.",
  },
  body_too_large: { status: 413, title: "The request body is too large." },
  unsupported_media_type: { status: 415, title: "The request body must be application/json." },
  unsupported_encoding: { status: 415, title: "The request body must come without Content-Encoding." },
  internal_error: { status: 500, title: "A bug of ours. It is logged under the request's id." },
  overloaded: { status: 503, title: "Too many requests are waiting. Nothing was written; try again." },
  unavailable: {
    status: 503,
    title: "The database cannot do this now; `detail` says why. Nothing was written; try again.",
  },
  forbidden: { status: 403, title: "This API key may not make this call." },
  foreign_host: {
    status: 403,
    title:
      "Without an API key only this machine is served, by its own name: localhost, 127.0.0.1 or [::1]. Make a key to be called by others.",
  },
  foreign_origin: {
    status: 403,
    title:
      "Without an API key no page of another site is served. Make a key, or name the page's origin in CORS_ORIGINS.",
  },
  api_key_not_found: { status: 404, title: "There is no API key with this id." },
  api_key_exists: {
    status: 409,
    title:
      "This request has made an API key already, which was shown then and is not kept. If it was lost, revoke it and make another one.",
  },
  api_key_name_taken: {
    status: 409,
    title:
      "An API key of this name lives. Keys of one name are one actor, and own the same idempotency keys: send `rotates` to make one that takes over, or choose another name.",
  },
  too_many_api_keys: { status: 409, title: "There are too many API keys. Revoke those that nobody uses." },
  rate_limited: { status: 429, title: "This API key has made too many requests this second. Nothing was done." },
  too_many_readers: {
    status: 429,
    title:
      "Too many streams and waiting polls are open: of the feed by this API key, of this order, or in all. End some, or wait.",
  },
  outcome_unknown: {
    status: 503,
    title:
      "It is not known yet whether this was written. Send the same request with the same Idempotency-Key to learn what became of it.",
  },
} as const satisfies Record<string, ProblemKind>;

const failureStatuses = {
  record_unreadable: 503,
  idempotency_key_reused: 422,
  product_exists: 409,
  sku_differs_by_case: 409,
  product_not_found: 404,
  product_changed: 412,
  product_archived: 409,
  policies_contradictory: 422,
  level_changed: 412,
  location_exists: 409,
  location_not_found: 404,
  location_changed: 412,
  location_inactive: 409,
  order_not_found: 404,
  payment_not_found: 404,
  too_many_payments: 409,
  order_not_confirmable: 409,
  order_already_paid: 409,
  order_not_cancellable: 409,
  order_not_due: 409,
  order_changed: 412,
  order_not_changeable: 409,
  metadata_too_large: 422,
  order_not_extendable: 409,
  order_not_replaceable: 409,
  payment_not_named: 409,
  hold_too_long: 409,
  late_payment_refund_due: 409,
  late_payment_review_due: 409,
  refund_not_due: 409,
  refunded_otherwise: 409,
  order_not_reviewable: 409,
  order_not_fulfillable: 409,
  more_than_sold: 409,
  nothing_to_fulfil: 409,
  not_yet_released: 409,
  order_not_reversible: 409,
  more_than_shipped: 409,
  nothing_to_reverse: 409,
  nothing_due: 409,
  more_than_due: 409,
  currency_mismatch: 422,
  order_total_too_large: 422,
  quantity_not_allowed: 409,
  customer_required: 409,
  purchase_limit_exceeded: 409,
  hold_limit_exceeded: 409,
  transfer_not_found: 404,
  same_location: 422,
  transfer_not_shippable: 409,
  transfer_not_in_transit: 409,
  more_than_in_transit: 409,
  transfer_not_cancellable: 409,
  stock_limit_exceeded: 422,
  stock_not_there: 409,
  stock_promised: 409,
  insufficient_stock: 409,
  nothing_to_correct: 409,
  drift_changed: 409,
} as const satisfies Record<FailureCode, ProblemKind["status"]>;

export type ProblemCode = FailureCode | keyof typeof edgeProblems;

/** Every code an error answer can carry, with its HTTP status and title: the one place where statuses appear. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...edgeProblems,
  ...(Object.fromEntries(
    Object.entries(failureCodes).map(([code, { meaning }]) => [
      code,
      { status: failureStatuses[code as FailureCode], title: meaning },
    ]),
  ) as Record<FailureCode, ProblemKind>),
};

function noted<Schema extends z.ZodType>(schema: Schema, description: string) {
  return schema.optional().openapi({ description });
}

const problemItemSchema = z
  .object({
    message: z.string().openapi({ description: "What is wrong with it, for people." }),
    path: noted(z.string(), "The field of the request, where it is one."),
    sku: noted(z.string(), "The SKU, where it is about one."),
    locationId: noted(z.string(), "The location, where it is about one."),
    requested: noted(z.int(), "Units that were asked for."),
    available: noted(
      z.int(),
      "Units that could have been had. Of `more_than_sold`: that have yet to leave. Of `more_than_shipped`: that are outside. Of `more_than_in_transit`: that are on their way.",
    ),
    nextExpiry: noted(
      z.iso.datetime(),
      "Of `insufficient_stock`: when the next reservation of these units runs out, unless it is paid before. Absent where that is far off.",
    ),
    elsewhere: noted(
      z.array(
        z
          .object({
            locationId: z.string().openapi({ description: "Another location.", example: "berlin" }),
            available: z.int().openapi({ description: "Units that can be had there.", example: 3 }),
          })
          .openapi("OtherLocation"),
      ),
      "Of `insufficient_stock`: other locations that have units of it, those with the most first.",
    ),
    minimumQuantity: noted(
      z.int(),
      "Of `quantity_not_allowed`: the fewest units in one order, where there is a bound.",
    ),
    maximumQuantity: noted(z.int(), "The most units in one order, where there is a bound."),
    quantityMultiple: noted(z.int(), "What the units of an order are a multiple of, where they have to be."),
    releaseAt: noted(z.iso.datetime(), "Of `not_yet_released`: from when on the units may leave."),
    purchased: noted(z.int(), "Of `purchase_limit_exceeded`: units that the customer holds or has bought in the time."),
    quantityMax: noted(z.int(), "Units that one customer may have."),
    windowSeconds: noted(z.int(), "Seconds in which units count."),
    holder: noted(z.enum(["customer", "key"]), "Of `hold_limit_exceeded`: whose reservations are too many."),
    held: noted(z.int(), "Units that the holder has reserved."),
    unitsMax: noted(z.int(), "Units that the holder may have reserved."),
    counter: noted(z.string(), "Of `drift_changed`: a figure of the stock level."),
    counted: noted(z.int(), "What the stock level says."),
    expected: noted(z.int(), "What its sources add up to."),
    kind: noted(z.string(), "Of `record_unreadable`: what kind of record it is."),
    id: noted(z.string(), "The key of that record."),
    reason: noted(z.string(), "What is wrong with that record."),
  })
  .openapi("ProblemItem", {
    description: "A line, field or record that is wrong, with the figures that `message` names.",
  });

/** RFC 9457. `code` is stable; texts are for people and may change. */
export const problemSchema = z
  .object({
    type: z.string().openapi({
      description: "The code as a URN, as RFC 9457 wants it.",
      example: "urn:holdfast:problem:insufficient_stock",
    }),
    title: z.string().openapi({ description: "What the code means, for people." }),
    status: z.int().openapi({ description: "The answer's HTTP status.", example: 409 }),
    code: z.string().openapi({ description: "What is wrong. Stable; go by this.", example: "insufficient_stock" }),
    detail: z.string().optional().openapi({ description: "What is wrong this time, for people." }),
    requestId: z.string().optional().openapi({ description: "Names the request in Holdfast's log." }),
    nextCursor: z
      .string()
      .optional()
      .openapi({ description: "With `feed_restarted`: the beginning of the feed as it is now." }),
    order: orderSchema.optional().openapi({
      description:
        "The order with the payment that was refused: it is recorded there. Only of a payment that sells nothing.",
    }),
    errors: z
      .array(problemItemSchema)
      .optional()
      .openapi({
        description: "One a line or field.",
        example: [
          {
            message: "5 of tea-green were asked for, 3 are available",
            sku: "tea-green",
            locationId: "main",
            requested: 5,
            available: 3,
          },
        ],
      }),
  })
  .openapi("Problem");

/** A problem of one part of a request whose other parts are done all the same. */
export const partProblemSchema = problemSchema
  .pick({ type: true, title: true, status: true, code: true, detail: true, errors: true })
  .openapi("PartProblem");

/** A problem as JSON. */
export type Problem = z.input<typeof problemSchema>;

const problemDescription = "A problem. See its `code`.";

/** A problem of a call outside `/v1`. */
export const problemAnswer = {
  description: problemDescription,
  content: { "application/problem+json": { schema: problemSchema } },
} as const;

/** What every call below `/v1` can be refused for. */
export const everyCallsProblems = [
  "unauthorized",
  "forbidden",
  "foreign_host",
  "foreign_origin",
  "rate_limited",
  "record_unreadable",
  "internal_error",
  "overloaded",
  "unavailable",
] as const satisfies readonly ProblemCode[];

/** A problem of one call, which has one of these codes. `orders.place` answers with an `OrdersPlaceProblem`. */
export function problemSchemaOf(operationId: string, codes: readonly ProblemCode[]) {
  const name = operationId.replace(/(?:^|[.-])(\w)/g, (_, first: string) => first.toUpperCase());
  const code = z.enum(sorted(codes)).openapi({ description: "What is wrong. Stable; go by this.", example: codes[0] });
  return problemSchema.extend({ code }).openapi(`${name}Problem`);
}

/** The error answers of a call, by status. */
export function problemAnswersOf(codes: readonly ProblemCode[], schema: z.ZodType) {
  const statuses = [...new Set(codes.map((code) => problemKinds[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const named = sorted(codes.filter((code) => problemKinds[code].status === status));
      const description = named.map((code) => `\`${code}\`: ${problemKinds[code].title}`).join("\n\n");
      const content = { "application/problem+json": { schema } };
      return [status, { description, headers: answerHeaders(status), content }];
    }),
  );
}

function sorted(codes: readonly ProblemCode[]): ProblemCode[] {
  return [...new Set(codes)].sort();
}
