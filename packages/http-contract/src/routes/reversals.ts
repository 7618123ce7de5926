import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json } from "../create-route.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import {
  cancellationRequestSchema,
  repaymentRequestSchema,
  repaymentSchema,
  returnRequestSchema,
  reversalSchema,
} from "../reversal-schemas.ts";
import { orderIdSchema } from "../value-schemas.ts";

const orderParam = z.object({ id: orderIdSchema });
const ofOrder = { params: orderParam, query: z.strictObject({ ...pagingQuery }) };

export const cancelSold = createRoute({
  operationId: "orders.cancelSold",
  method: "post",
  path: "/v1/orders/{id}/cancellations",
  tags: ["Orders"],
  summary: "Cancel units of a paid order before they leave, all of them or some",
  description:
    "Their stock can be sold again at once, and what they cost is due back: see `refundDue` of the order. The order stays CONFIRMED: its lines say what was cancelled.",
  sentAgain:
    "as many units are cancelled once more, where the order has as many left. Without `lines`: 409 `nothing_to_reverse`.",
  scope: "orders:write",
  request: { params: orderParam, headers: idempotencyHeaders, body: body(cancellationRequestSchema) },
  problems: ["order_not_found", "order_not_reversible", "more_than_sold", "nothing_to_reverse"],
  responses: { 201: json(reversalSchema, "The cancellation.") },
});

export const returnUnits = createRoute({
  operationId: "orders.return",
  method: "post",
  path: "/v1/orders/{id}/returns",
  tags: ["Orders"],
  summary: "Units that had left come back: to be sold again, or not",
  sentAgain: "as many units come back once more, where as many have left.",
  scope: "orders:write",
  request: { params: orderParam, headers: idempotencyHeaders, body: body(returnRequestSchema) },
  problems: ["order_not_found", "order_not_reversible", "more_than_shipped", "stock_limit_exceeded"],
  responses: { 201: json(reversalSchema, "The return.") },
});

export const listReversals = createRoute({
  operationId: "orders.listReversals",
  method: "get",
  path: "/v1/orders/{id}/reversals",
  tags: ["Orders"],
  summary: "List what was cancelled after payment and what came back, newest first",
  scope: "orders:read",
  request: ofOrder,
  problems: ["order_not_found"],
  responses: { 200: json(pageOf("Reversal", reversalSchema), "A page.") },
});

export const recordRepayment = createRoute({
  operationId: "orders.repay",
  method: "post",
  path: "/v1/orders/{id}/repayments",
  tags: ["Orders"],
  summary: "Money went back for what was cancelled or returned, all that is due or some of it",
  description:
    "Of a payment that sold nothing it is `/v1/orders/{id}/refunds`. `/v1/orders?paymentOutcome=REFUND_DUE` finds both.",
  sentAgain: "as much goes back once more, where as much is due by then; without `amount`, all that is.",
  scope: "orders:write",
  request: { params: orderParam, headers: idempotencyHeaders, body: body(repaymentRequestSchema) },
  problems: ["order_not_found", "nothing_due", "more_than_due"],
  responses: { 201: json(repaymentSchema, "The repayment.") },
});

export const listRepayments = createRoute({
  operationId: "orders.listRepayments",
  method: "get",
  path: "/v1/orders/{id}/repayments",
  tags: ["Orders"],
  summary: "List the money that went back for what was cancelled or returned, newest first",
  scope: "orders:read",
  request: ofOrder,
  problems: ["order_not_found"],
  responses: { 200: json(pageOf("Repayment", repaymentSchema), "A page.") },
});
