import { z } from "@hono/zod-openapi";
import { createRoute, json, orderTokenHeaders } from "../create-route.ts";
import { streamTokenQuery, streamTokenSchema } from "../stream-schemas.ts";
import { orderIdSchema } from "../value-schemas.ts";

const orderParam = z.object({ id: orderIdSchema });

export const streamOrder = createRoute({
  operationId: "orders.stream",
  method: "get",
  path: "/v1/orders/{id}/stream",
  tags: ["Orders"],
  summary: "Follow an order: as it is, and as it becomes, as server-sent events",
  description:
    "The `data` of each message is the order, as `GET /v1/orders/{id}` answers it: at first, and whenever it has changed. Where it changes faster than it can be sent, the last state comes. Comments keep the connection alive. A message of the type `end` says that the key no longer opens the stream; it is the last one. A key for `checkout` sends the `Order-Token`. Streams of one order are bounded: 429 `too_many_readers`. A HEAD is answered with the headers, and opens none.",
  scope: "orders:read",
  forShoppers: true,
  request: { params: orderParam, headers: orderTokenHeaders, query: z.strictObject(streamTokenQuery) },
  problems: ["order_not_found", "too_many_readers"],
  responses: {
    200: {
      description: "A stream that ends when the server or the key does.",
      content: {
        "text/event-stream": {
          schema: z.string().openapi({ example: 'data: {"id":"ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB"}\n\n' }),
        },
      },
    },
  },
});

export const createOrderToken = createRoute({
  operationId: "orders.createStreamToken",
  method: "post",
  path: "/v1/orders/{id}/stream-tokens",
  tags: ["Orders"],
  summary: "Make a token with which a page follows an order",
  description:
    "For a browser's `EventSource`, which sends no headers: it opens `/v1/orders/{id}/stream?token=...`, that stream alone, for 60 seconds. What it has opened goes on until the key is revoked. To connect again, take a new one. A key for `checkout` sends the `Order-Token`.",
  sentAgain: "another token. The first one stays good for its 60 seconds.",
  scope: "orders:read",
  forShoppers: true,
  request: { params: orderParam, headers: orderTokenHeaders },
  problems: ["order_not_found"],
  responses: { 200: json(streamTokenSchema, "The token.") },
});
