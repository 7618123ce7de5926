import { transferStatuses } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json } from "../create-route.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import {
  receiptRequestSchema,
  receiptSchema,
  transferCloseSchema,
  transferRequestSchema,
  transferSchema,
} from "../transfer-schemas.ts";
import { locationIdSchema, skuSchema, transferIdSchema } from "../value-schemas.ts";

const transferParam = z.object({ id: transferIdSchema });

export const createTransfer = createRoute({
  operationId: "transfers.create",
  method: "post",
  path: "/v1/transfers",
  tags: ["Transfers"],
  summary: "Send units to another place, or expect them from a supplier",
  description:
    "Between two places its units are reserved at the source until they are shipped (`reservedStock`). Without `fromLocationId` a supplier sends them: they are IN_TRANSIT at once, and `incomingStock` of the target. An inactive place takes no new transfer, and may be emptied by one.",
  sentAgain: "another transfer, with units of its own.",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(transferRequestSchema) },
  problems: [
    "product_not_found",
    "location_not_found",
    "location_inactive",
    "same_location",
    "stock_limit_exceeded",
    "insufficient_stock",
  ],
  responses: { 201: json(transferSchema, "The transfer.") },
});

export const listTransfers = createRoute({
  operationId: "transfers.list",
  method: "get",
  path: "/v1/transfers",
  tags: ["Transfers"],
  summary: "List transfers, newest first",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      status: z.enum(transferStatuses).optional().openapi({ description: "Of this status." }),
      locationId: locationIdSchema.optional().openapi({ description: "From or to this place." }),
      sku: skuSchema.optional().openapi({ description: "With this SKU." }),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(pageOf("Transfer", transferSchema), "A page.") },
});

export const readTransfer = createRoute({
  operationId: "transfers.read",
  method: "get",
  path: "/v1/transfers/{id}",
  tags: ["Transfers"],
  summary: "Read a transfer",
  scope: "orders:read",
  request: { params: transferParam },
  problems: ["transfer_not_found"],
  responses: { 200: json(transferSchema, "The transfer.") },
});

export const shipTransfer = createRoute({
  operationId: "transfers.ship",
  method: "post",
  path: "/v1/transfers/{id}/ship",
  tags: ["Transfers"],
  summary: "A PENDING transfer leaves its source, all of it",
  description:
    "Its units leave the source's `totalStock`, and are `incomingStock` of the target until they are received. A level that is short sends nothing elsewhere: 409 `stock_promised`.",
  sentAgain: "nothing is done: a transfer leaves once. One that was cancelled since is 409 `transfer_not_shippable`.",
  scope: "stock:write",
  request: { params: transferParam },
  problems: [
    "transfer_not_found",
    "transfer_not_shippable",
    "stock_not_there",
    "stock_promised",
    "stock_limit_exceeded",
  ],
  responses: { 200: json(transferSchema, "The transfer.") },
});

export const receiveTransfer = createRoute({
  operationId: "transfers.receive",
  method: "post",
  path: "/v1/transfers/{id}/receive",
  tags: ["Transfers"],
  summary: "Units of a transfer arrive, all of them or some",
  description:
    "They can be sold at once, but for those that arrive `UNSELLABLE`. The transfer is RECEIVED once all of it has arrived; until then more may come, or it is closed.",
  sentAgain: "as many units arrive once more, where as many are on their way; without `lines`, all that are.",
  scope: "stock:write",
  request: { params: transferParam, headers: idempotencyHeaders, body: body(receiptRequestSchema) },
  problems: [
    "transfer_not_found",
    "transfer_not_in_transit",
    "more_than_in_transit",
    "stock_limit_exceeded",
    "stock_not_there",
  ],
  responses: { 201: json(receiptSchema, "The receipt.") },
});

export const listReceipts = createRoute({
  operationId: "transfers.listReceipts",
  method: "get",
  path: "/v1/transfers/{id}/receipts",
  tags: ["Transfers"],
  summary: "List what has arrived of a transfer, newest first",
  scope: "orders:read",
  request: { params: transferParam, query: z.strictObject({ ...pagingQuery }) },
  problems: ["transfer_not_found"],
  responses: { 200: json(pageOf("Receipt", receiptSchema), "A page.") },
});

export const closeTransfer = createRoute({
  operationId: "transfers.close",
  method: "post",
  path: "/v1/transfers/{id}/close",
  tags: ["Transfers"],
  summary: "What of a transfer has not arrived is lost",
  description: "The rest leaves `incomingStock`, for a reason, and the transfer is CLOSED.",
  sentAgain: "nothing is done: a transfer is closed once, for the first reason.",
  scope: "stock:write",
  request: { params: transferParam, body: body(transferCloseSchema) },
  problems: ["transfer_not_found", "transfer_not_in_transit", "stock_not_there"],
  responses: { 200: json(transferSchema, "The transfer.") },
});

export const cancelTransfer = createRoute({
  operationId: "transfers.cancel",
  method: "post",
  path: "/v1/transfers/{id}/cancel",
  tags: ["Transfers"],
  summary: "What of a transfer has not arrived stays, or is back",
  description:
    "Before it is shipped its units are free at the source again. After that, what has not arrived counts at the source once more: send it when it is back. A supplier's comes no more. What has arrived stays.",
  sentAgain: "nothing is done: a transfer is cancelled once.",
  scope: "stock:write",
  request: { params: transferParam },
  problems: ["transfer_not_found", "transfer_not_cancellable", "stock_not_there", "stock_limit_exceeded"],
  responses: { 200: json(transferSchema, "The transfer.") },
});
