import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json } from "../create-route.ts";
import { fulfilmentRequestSchema, fulfilmentSchema } from "../fulfilment-schemas.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { orderIdSchema } from "../value-schemas.ts";

const orderParam = z.object({ id: orderIdSchema });

export const fulfilOrder = createRoute({
  operationId: "orders.fulfil",
  method: "post",
  path: "/v1/orders/{id}/fulfilments",
  tags: ["Orders"],
  summary: "Units of a paid order leave, all of them or some",
  description:
    "totalStock and committedStock fall together, so that what you count in your shelves is what Holdfast counts. An order never ships more than it has sold.",
  sentAgain:
    "as many units leave once more, where the order has as many left. Without `lines`: 409 `nothing_to_fulfil`.",
  scope: "orders:write",
  request: { params: orderParam, headers: idempotencyHeaders, body: body(fulfilmentRequestSchema) },
  problems: [
    "location_not_found",
    "order_not_found",
    "order_not_fulfillable",
    "more_than_sold",
    "nothing_to_fulfil",
    "not_yet_released",
  ],
  responses: { 201: json(fulfilmentSchema, "The fulfilment.") },
});

export const listFulfilments = createRoute({
  operationId: "orders.listFulfilments",
  method: "get",
  path: "/v1/orders/{id}/fulfilments",
  tags: ["Orders"],
  summary: "List what has left of an order, newest first",
  scope: "orders:read",
  request: { params: orderParam, query: z.strictObject({ ...pagingQuery }) },
  problems: ["order_not_found"],
  responses: { 200: json(pageOf("Fulfilment", fulfilmentSchema), "A page.") },
});
