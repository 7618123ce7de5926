import { dueOutcomes, limits, orderStatuses, reservationStatuses } from "@holdfast/domain";
import { createRoute as createOpenRoute, z } from "@hono/zod-openapi";
import { apiKeyRequestSchema, apiKeySchema, newApiKeySchema } from "./api-key-schemas.ts";
import { createRoute } from "./create-route.ts";
import { eventPageSchema } from "./event-schemas.ts";
import {
  confirmRequestSchema,
  orderRequestSchema,
  orderSchema,
  reservationSchema,
  reviewRequestSchema,
} from "./order-schemas.ts";
import { pageOf, pagingQuery, waitSecondsMax, wholeNumber } from "./paging.ts";
import { problemAnswers } from "./problem.ts";
import { productRequestSchema, productSchema } from "./product-schemas.ts";
import {
  explanationSchema,
  reconciliationSchema,
  stockAdjustmentRequestSchema,
  stockAdjustmentSchema,
  stockCorrectionRequestSchema,
  stockCorrectionSchema,
  stockMovementSchema,
} from "./stock-schemas.ts";
import { customerIdSchema, locationIdSchema, orderIdSchema, skuSchema } from "./text-schemas.ts";

/** Every call of the API. The api app answers them; `/openapi.json` is made from them. */

function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } } as const;
}

function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

const idempotencyHeaders = z.object({
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

const skuParam = z.object({ sku: skuSchema });
const orderParam = z.object({ id: orderIdSchema });
const instantQuery = z.iso.datetime({ offset: true }).optional().openapi({ example: "2026-11-22T00:00:00Z" });

export const createProduct = createRoute({
  method: "post",
  path: "/v1/products",
  tags: ["Products"],
  summary: "Create a product",
  scope: "catalogue:write",
  request: { headers: idempotencyHeaders, body: body(productRequestSchema) },
  responses: { 201: json(productSchema, "The product."), ...problemAnswers(400, 409, 413, 415, 422) },
});

export const listProducts = createRoute({
  method: "get",
  path: "/v1/products",
  tags: ["Products"],
  summary: "List products by SKU",
  scope: "catalogue:read",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf(productSchema), "A page."), ...problemAnswers(400) },
});

export const readProduct = createRoute({
  method: "get",
  path: "/v1/products/{sku}",
  tags: ["Products"],
  summary: "Read a product and its stock",
  scope: "catalogue:read",
  request: { params: skuParam },
  responses: { 200: json(productSchema, "The product."), ...problemAnswers(400, 404) },
});

export const placeOrder = createRoute({
  method: "post",
  path: "/v1/orders",
  tags: ["Orders"],
  summary: "Place an order: hold its stock while the shopper pays",
  scope: "orders:write",
  request: { headers: idempotencyHeaders, body: body(orderRequestSchema) },
  responses: { 201: json(orderSchema, "The order, with its hold."), ...problemAnswers(400, 404, 409, 413, 415, 422) },
});

export const listOrders = createRoute({
  method: "get",
  path: "/v1/orders",
  tags: ["Orders"],
  summary: "List orders, newest first",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      status: z.enum(orderStatuses).optional(),
      customerId: customerIdSchema.optional(),
      sku: skuSchema.optional(),
      paymentOutcome: z
        .enum(dueOutcomes)
        .optional()
        .openapi({ description: "Paid too late to sell: what somebody has to do about it." }),
      from: instantQuery.openapi({ description: "Placed at or after." }),
      to: instantQuery.openapi({ description: "Placed before." }),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(pageOf(orderSchema), "A page."), ...problemAnswers(400) },
});

export const readOrder = createRoute({
  method: "get",
  path: "/v1/orders/{id}",
  tags: ["Orders"],
  summary: "Read an order",
  scope: "orders:read",
  request: { params: orderParam },
  responses: { 200: json(orderSchema, "The order."), ...problemAnswers(400, 404) },
});

export const confirmOrder = createRoute({
  method: "post",
  path: "/v1/orders/{id}/confirm",
  tags: ["Orders"],
  summary: "Confirm an order: it is paid, its stock is sold",
  description:
    "A repeat answers the same. After the hold has run out the stock is taken again if it is still there; otherwise the order becomes FAILED. With LATE_PAYMENT=refund its `payment.outcome` is REFUND_DUE and the answer is 409 `late_payment_refund_due`; with LATE_PAYMENT=review they are REVIEW_DUE and 409 `late_payment_review_due`.",
  scope: "orders:write",
  request: {
    params: orderParam,
    body: { required: false, content: { "application/json": { schema: confirmRequestSchema } } },
  },
  responses: { 200: json(orderSchema, "The order."), ...problemAnswers(400, 404, 409, 413, 415) },
});

export const cancelOrder = createRoute({
  method: "post",
  path: "/v1/orders/{id}/cancel",
  tags: ["Orders"],
  summary: "Cancel an order that awaits its payment: its stock goes back",
  description: "A repeat answers the same.",
  scope: "orders:write",
  request: { params: orderParam },
  responses: { 200: json(orderSchema, "The order."), ...problemAnswers(400, 404, 409, 413, 415) },
});

export const reviewLatePayment = createRoute({
  method: "post",
  path: "/v1/orders/{id}/review",
  tags: ["Orders"],
  summary: "End the review of a late payment: sell after all, or refund",
  description:
    "Of an order with `payment.outcome` REVIEW_DUE. SELL takes the stock again if it is all there; otherwise the answer is 409 `insufficient_stock` and the review stays open. REFUND makes the outcome REFUND_DUE. A repeat answers the same; the other decision comes too late: 409 `order_not_reviewable`.",
  scope: "orders:write",
  request: { params: orderParam, body: body(reviewRequestSchema) },
  responses: { 200: json(orderSchema, "The order."), ...problemAnswers(400, 404, 409, 413, 415) },
});

export const listReservations = createRoute({
  method: "get",
  path: "/v1/reservations",
  tags: ["Reservations"],
  summary: "List the latest hold of each order, newest first",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      status: z.enum(reservationStatuses).optional(),
      customerId: customerIdSchema.optional(),
      sku: skuSchema.optional(),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(pageOf(reservationSchema), "A page."), ...problemAnswers(400) },
});

export const readReservation = createRoute({
  method: "get",
  path: "/v1/reservations/{id}",
  tags: ["Reservations"],
  summary: "Read a hold",
  description: "While it lives the answer may come from the cache; `X-Holdfast-Source` says `cache` or `store`.",
  scope: "orders:read",
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 200: json(reservationSchema, "The hold."), ...problemAnswers(400, 404) },
});

export const adjustStock = createRoute({
  method: "post",
  path: "/v1/stock-adjustments",
  tags: ["Stock"],
  summary: "Count stock up or down, with a reason",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(stockAdjustmentRequestSchema) },
  responses: { 201: json(stockAdjustmentSchema, "The adjustment."), ...problemAnswers(400, 404, 409, 413, 415, 422) },
});

export const listMovements = createRoute({
  method: "get",
  path: "/v1/stock-movements",
  tags: ["Stock"],
  summary: "The ledger of a SKU: every change of its stock, newest first",
  scope: "orders:read",
  request: { query: z.strictObject({ sku: skuSchema, ...pagingQuery }) },
  responses: { 200: json(pageOf(stockMovementSchema), "A page."), ...problemAnswers(400, 404) },
});

export const reconcile = createRoute({
  method: "get",
  path: "/v1/reconciliation",
  tags: ["Stock"],
  summary: "Check every counter against orders, adjustments and journal, now",
  scope: "orders:read",
  request: { query: z.strictObject({ sku: skuSchema.optional() }) },
  responses: { 200: json(reconciliationSchema, "What was found."), ...problemAnswers(400, 404) },
});

export const correctStock = createRoute({
  method: "post",
  path: "/v1/reconciliation/corrections",
  tags: ["Stock"],
  summary: "Set a stock level that does not add up to what its sources add up to",
  description:
    "Send what the sources add up to as you saw it in `/v1/reconciliation`. They are added up again in the same transaction: if they have changed, the answer is 409 `drift_changed` with the fresh figures, and nothing is written. It takes no Idempotency-Key: once it is done, a repeat finds 409 `nothing_to_correct`.",
  scope: "admin",
  request: { body: body(stockCorrectionRequestSchema) },
  responses: { 201: json(stockCorrectionSchema, "The correction."), ...problemAnswers(400, 404, 409, 413, 415) },
});

export const explainLevel = createRoute({
  method: "get",
  path: "/v1/stock-levels/{sku}/{location}/explain",
  tags: ["Stock"],
  summary: "What adds up to a stock level's numbers, now or at a past instant",
  description:
    "totalStock = adjustments + corrections + unexplained; reservedStock = held + corrections + unexplained; committedStock = sold + corrections + unexplained. It reads the SKU's whole journal back to its beginning: not a call for a shop page.",
  scope: "orders:read",
  request: {
    params: z.object({ sku: skuSchema, location: locationIdSchema }),
    query: z.strictObject({ at: instantQuery.openapi({ description: "Now if left out; not in the future." }) }),
  },
  responses: { 200: json(explanationSchema, "What adds up to it."), ...problemAnswers(400, 404) },
});

export const listEvents = createRoute({
  method: "get",
  path: "/v1/events",
  tags: ["Events"],
  summary: "The feed: everything that happened, oldest first, each event once",
  description:
    "Without `cursor` it begins with the first event ever. `nextCursor` is never null: at the end of the feed it is the place to go on from later. With `waitSeconds` an empty page is answered only when something has happened, or the time is over.",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      waitSeconds: wholeNumber(0, waitSecondsMax)
        .default(0)
        .openapi({ description: `At most ${waitSecondsMax}.` }),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(eventPageSchema, "A page; empty at the end."), ...problemAnswers(400) },
});

export const streamEvents = createRoute({
  method: "get",
  path: "/v1/events/stream",
  tags: ["Events"],
  summary: "The feed as server-sent events",
  description:
    "Each event is one message: `data` is what `/v1/events` tells, `id` the cursor behind it. Connect again with the last one as `Last-Event-ID` (browsers do), and the stream goes on there. Comments keep the connection alive.",
  scope: "orders:read",
  request: {
    headers: z.object({ "last-event-id": pagingQuery.cursor }),
    query: z.strictObject({ cursor: pagingQuery.cursor }),
  },
  responses: {
    200: {
      description: "A stream that ends when the server does.",
      content: {
        "text/event-stream": { schema: z.string().openapi({ example: "data: {}\nid: WyJldmVudCIsMSwxXQ\n\n" }) },
      },
    },
    ...problemAnswers(400),
  },
});

const health = z.object({
  status: z.enum(["ok", "degraded", "unavailable"]),
  checks: z.record(z.string(), z.string()),
});

export const healthz = createOpenRoute({
  method: "get",
  path: "/healthz",
  tags: ["Operations"],
  summary: "Whether the process lives",
  responses: { 200: json(z.object({ status: z.literal("ok") }), "It does.") },
});

export const readyz = createOpenRoute({
  method: "get",
  path: "/readyz",
  tags: ["Operations"],
  summary: "Whether it can sell: `degraded` still can",
  responses: { 200: json(health, "It can."), 503: json(health, "It cannot.") },
});

export const createApiKey = createRoute({
  method: "post",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "Make an API key, which is shown this once",
  description:
    "Takes no `Idempotency-Key`: a replay would have to show the key again, and it is not kept. A request whose answer was lost may have made a key that nobody knows: find it in the list, revoke it, and ask again.",
  scope: "admin",
  request: { body: body(apiKeyRequestSchema) },
  responses: { 201: json(newApiKeySchema, "The key."), ...problemAnswers(400, 409, 413, 415) },
});

export const listApiKeys = createRoute({
  method: "get",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "List API keys, newest first, revoked ones too",
  description: "Keys that stand in API_KEYS are not among them.",
  scope: "admin",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf(apiKeySchema), "A page."), ...problemAnswers(400) },
});

export const revokeApiKey = createRoute({
  method: "post",
  path: "/v1/api-keys/{id}/revoke",
  tags: ["API keys"],
  summary: "Revoke an API key, for good",
  description: "At once in the process that answers, within 5 seconds in every other. A repeat answers the same.",
  scope: "admin",
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 200: json(apiKeySchema, "The key."), ...problemAnswers(400, 404, 413, 415) },
});

export const metrics = createOpenRoute({
  method: "get",
  path: "/metrics",
  tags: ["Operations"],
  summary: "The process in figures, for Prometheus: aggregates only, so it asks for no key",
  responses: { 200: { description: "Text exposition format.", content: { "text/plain": { schema: z.string() } } } },
});
