import { orderStatuses, unsoldOutcomes } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import {
  body,
  createRoute,
  json,
  linesHeaders,
  matchHeaders,
  orderTokenHeaders,
  placingHeaders,
} from "../create-route.ts";
import {
  confirmRequestSchema,
  extendRequestSchema,
  linesRequestSchema,
  orderChangeSchema,
  orderRequestSchema,
  refundRequestSchema,
  reviewRequestSchema,
} from "../order-request-schemas.ts";
import { orderSchema } from "../order-schemas.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import {
  customerIdSchema,
  instantQuery,
  metadataQuery,
  orderIdSchema,
  orderReferenceSchema,
  paymentReferenceSchema,
  skuSchema,
} from "../value-schemas.ts";

const orderParam = z.object({ id: orderIdSchema });

export const placeOrder = createRoute({
  operationId: "orders.place",
  method: "post",
  path: "/v1/orders",
  tags: ["Orders"],
  summary: "Place an order: hold its stock while the shopper pays",
  description:
    "With a key for `checkout` the answer has an `orderToken`, and a replay has the same one: such a key's `Idempotency-Key` is the shopper's secret, of 21 characters or more and at random. It names no `customerId`, asks to be held for HOLD_SECONDS at most, and at most as many units an order as one customer may hold.",
  sentAgain: "another order, with a reservation of its own.",
  scope: "orders:write",
  forShoppers: true,
  request: {
    headers: placingHeaders,
    query: z.strictObject({
      dryRun: z.enum(["true", "false"]).optional().openapi({
        description: "`true`: says what the answer would be, with 200 and an id that no order has, and does nothing.",
      }),
    }),
    body: body(orderRequestSchema),
  },
  problems: [
    "order_not_found",
    "order_not_replaceable",
    "product_not_found",
    "product_archived",
    "location_not_found",
    "location_inactive",
    "insufficient_stock",
    "currency_mismatch",
    "order_total_too_large",
    "quantity_not_allowed",
    "customer_required",
    "purchase_limit_exceeded",
    "hold_limit_exceeded",
    "hold_too_long",
  ],
  responses: {
    200: json(orderSchema, "With `dryRun`: the order as it would be. Nothing is held."),
    201: json(orderSchema, "The order, with its reservation."),
  },
});

export const listOrders = createRoute({
  operationId: "orders.list",
  method: "get",
  path: "/v1/orders",
  tags: ["Orders"],
  summary: "List orders, newest first",
  description:
    "Those that all filters name. By `reference`, `paymentReference`, `metadata`, `customerId` and `sku` orders are found to the last one among any number.",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      status: z.enum(orderStatuses).optional().openapi({ description: "Of this status." }),
      customerId: customerIdSchema.optional(),
      sku: skuSchema.optional(),
      reference: orderReferenceSchema.optional().openapi({ description: "With this reference of your own." }),
      paymentReference: paymentReferenceSchema.optional().openapi({
        description: "With a payment of this reference, whatever became of it.",
      }),
      metadata: metadataQuery.optional(),
      paymentOutcome: z.enum(unsoldOutcomes).optional().openapi({
        description:
          "With a payment that sold nothing, and of which this became. Of any status. REFUND_DUE finds what is due back for cancelled or returned units as well.",
      }),
      from: instantQuery.openapi({ description: "Placed at or after." }),
      to: instantQuery.openapi({ description: "Placed before." }),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(pageOf("Order", orderSchema), "A page.") },
});

export const readOrder = createRoute({
  operationId: "orders.read",
  method: "get",
  path: "/v1/orders/{id}",
  tags: ["Orders"],
  summary: "Read an order",
  description:
    "A key for `checkout` reads the order whose `Order-Token` it sends. Any other is answered as one that there is not.",
  scope: "orders:read",
  forShoppers: true,
  request: { params: orderParam, headers: orderTokenHeaders },
  problems: ["order_not_found"],
  responses: { 200: json(orderSchema, "The order.") },
});

export const changeOrder = createRoute({
  operationId: "orders.change",
  method: "patch",
  path: "/v1/orders/{id}",
  tags: ["Orders"],
  summary: "Write your own reference and metadata on an order",
  description: "Whatever its status is. A change that is there already answers the same, whatever `If-Match` says.",
  sentAgain: "what a later change has written is written over.",
  scope: "orders:write",
  request: { params: orderParam, headers: matchHeaders, body: body(orderChangeSchema) },
  problems: ["order_not_found", "order_changed", "metadata_too_large"],
  responses: { 200: json(orderSchema, "The order.") },
});

export const changeLines = createRoute({
  operationId: "orders.changeLines",
  method: "put",
  path: "/v1/orders/{id}/lines",
  tags: ["Orders"],
  summary: "Change the lines of an order that is not paid, in one step",
  description:
    "All of it or nothing: an order that is refused keeps what it holds. It gives up nothing that it is still to have, and its reservation ends when it did before. Units stay at their places; of fewer, the last place gives up first. More come from where the order is, and then from other active locations, unless the places were named when it was placed or since. A line may name its own. Lines that stay keep their name and price, for more units too; new ones have today's, and the total is worked out anew. A payment sells the order as it is when you confirm it: change lines before you ask for the money. Lines that are there already answer the same, whatever `If-Match` says; send it, or an `Idempotency-Key`, so that a repeat that comes late undoes no later change. With a key a repeat answers the order as it was right after the change, also where it has changed since. A key is for one order: with another one's path it is 422, as with another body. A replay of the order's placing still answers what was placed. A key for `checkout` changes the order whose `Order-Token` it sends.",
  sentAgain: "what a later change has made of the lines is undone.",
  scope: "orders:write",
  forShoppers: true,
  request: { params: orderParam, headers: linesHeaders, body: body(linesRequestSchema) },
  problems: [
    "order_not_found",
    "order_not_changeable",
    "order_changed",
    "product_not_found",
    "product_archived",
    "location_not_found",
    "location_inactive",
    "insufficient_stock",
    "currency_mismatch",
    "order_total_too_large",
    "quantity_not_allowed",
    "customer_required",
    "purchase_limit_exceeded",
    "hold_limit_exceeded",
  ],
  responses: { 200: json(orderSchema, "The order.") },
});

export const confirmOrder = createRoute({
  operationId: "orders.confirm",
  method: "post",
  path: "/v1/orders/{id}/confirm",
  tags: ["Orders"],
  summary: "Confirm an order: it is paid, its stock is sold",
  description:
    "The same `paymentReference` again is a repeat, and answers the same; another one is a payment of its own. After the reservation has run out the stock is taken again if it is still there; otherwise the order becomes FAILED. With LATE_PAYMENT=refund the payment's `outcome` is REFUND_DUE and the answer is 409 `late_payment_refund_due`; with LATE_PAYMENT=review they are REVIEW_DUE and 409 `late_payment_review_due`. A payment of an order that was cancelled (409 `order_not_confirmable`) or that has another payment (409 `order_already_paid`) sells nothing and is recorded with REFUND_DUE. These 409s carry the `order`.",
  sentAgain:
    "nothing is done, whatever has become of the order since. A confirm without `paymentReference` means the payment that sold the order, or else its latest one.",
  scope: "orders:write",
  request: {
    params: orderParam,
    body: { required: false, content: { "application/json": { schema: confirmRequestSchema } } },
  },
  problems: [
    "order_not_found",
    "order_not_confirmable",
    "order_already_paid",
    "late_payment_refund_due",
    "late_payment_review_due",
    "too_many_payments",
  ],
  responses: { 200: json(orderSchema, "The order.") },
});

export const cancelOrder = createRoute({
  operationId: "orders.cancel",
  method: "post",
  path: "/v1/orders/{id}/cancel",
  tags: ["Orders"],
  summary: "Cancel an order that is not paid: its stock goes back",
  description:
    "Of an EXPIRED order the stock has gone back already; cancelled, it sells nothing to a payment that comes later. A key for `checkout` cancels the order whose `Order-Token` it sends.",
  sentAgain: "nothing is done: a cancelled order stays cancelled.",
  scope: "orders:write",
  forShoppers: true,
  request: { params: orderParam, headers: orderTokenHeaders },
  problems: ["order_not_found", "order_not_cancellable"],
  responses: { 200: json(orderSchema, "The order.") },
});

export const extendOrder = createRoute({
  operationId: "orders.extend",
  method: "post",
  path: "/v1/orders/{id}/extend",
  tags: ["Orders"],
  summary: "Extend an order's reservation: its stock is held longer",
  description:
    "Until `expiresAt`, which never comes nearer: an extension that another one has overtaken changes nothing and answers the order as it is. From when the order was placed a reservation lasts HOLD_SECONDS_MAX at most, however often it is extended (409 `hold_too_long`). What has run out is not extended (409 `order_not_extendable`). With EXTEND_FOR=payment a `paymentReference` has to say which payment is under way (409 `payment_not_named`).",
  sentAgain: "nothing is done: the end never comes nearer.",
  scope: "orders:write",
  request: { params: orderParam, body: body(extendRequestSchema) },
  problems: ["order_not_found", "order_not_extendable", "payment_not_named", "hold_too_long"],
  responses: { 200: json(orderSchema, "The order.") },
});

export const reviewLatePayment = createRoute({
  operationId: "orders.review",
  method: "post",
  path: "/v1/orders/{id}/review",
  tags: ["Orders"],
  summary: "End the review of a late payment: sell after all, or refund",
  description:
    "Of an order with a payment whose `outcome` is REVIEW_DUE. SELL takes the stock again if it is all there; otherwise the answer is 409 `insufficient_stock` and the review stays open. REFUND makes the outcome REFUND_DUE. The other decision comes too late: 409 `order_not_reviewable`.",
  sentAgain: "nothing is done: a review ends once.",
  scope: "orders:write",
  request: { params: orderParam, body: body(reviewRequestSchema) },
  problems: ["order_not_found", "order_not_reviewable", "insufficient_stock", "purchase_limit_exceeded"],
  responses: { 200: json(orderSchema, "The order.") },
});

export const recordRefund = createRoute({
  operationId: "orders.refund",
  method: "post",
  path: "/v1/orders/{id}/refunds",
  tags: ["Orders"],
  summary: "Report that a payment was refunded",
  description:
    "A payment with `outcome` REFUND_DUE becomes REFUNDED. Another `refundReference` of the same payment is 409 `refunded_otherwise`. Of a payment that sold something or is under review: 409 `refund_not_due`.",
  sentAgain:
    "nothing is done: a payment is refunded once. Name the `refundReference`: without one a second refund of the same payment passes for a repeat.",
  scope: "orders:write",
  request: { params: orderParam, body: body(refundRequestSchema) },
  problems: ["order_not_found", "payment_not_found", "refund_not_due", "refunded_otherwise"],
  responses: { 200: json(orderSchema, "The order.") },
});
