import { z } from "@hono/zod-openapi";
import {
  stockAdjustmentRequestSchema,
  stockAdjustmentSchema,
  stockAdjustmentsRequestSchema,
  stockAdjustmentsSchema,
  stockCountRequestSchema,
  stockCountsRequestSchema,
  stockCountsSchema,
} from "../adjustment-schemas.ts";
import { body, createRoute, idempotencyHeaders, json, matchHeaders } from "../create-route.ts";
import { explanationSchema } from "../explanation-schemas.ts";
import { lowStockSchema } from "../low-stock-schemas.ts";
import { pageOf, pagingQuery, wholeNumber } from "../paging.ts";
import { shortageSchema } from "../shortage-schemas.ts";
import {
  levelChangeSchema,
  reconciliationSchema,
  soleLevelSchema,
  stockCorrectionRequestSchema,
  stockCorrectionSchema,
  stockMovementSchema,
} from "../stock-schemas.ts";
import { instantQuery, locationIdSchema, skuSchema } from "../value-schemas.ts";

export const adjustStock = createRoute({
  operationId: "stock.adjust",
  method: "post",
  path: "/v1/stock-adjustments",
  tags: ["Stock"],
  summary: "Count stock up or down, or change its condition, with a reason",
  sentAgain: "it is counted once more.",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(stockAdjustmentRequestSchema) },
  problems: ["product_not_found", "location_not_found", "stock_limit_exceeded", "stock_promised", "stock_not_there"],
  responses: { 201: json(stockAdjustmentSchema, "The adjustment.") },
});

export const adjustManyStocks = createRoute({
  operationId: "stock.adjustMany",
  method: "post",
  path: "/v1/stock-adjustments/batch",
  tags: ["Stock"],
  summary: "Change many levels, each by itself",
  description:
    "Each adjustment is answered as `/v1/stock-adjustments` would answer it, in the same order: one that is refused stops no other. One `Idempotency-Key` is for all of them: sent again after a lost answer, with the same body, each is done once. `Location` is the ledger of the first one's SKU.",
  sentAgain: "each is counted once more.",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(stockAdjustmentsRequestSchema) },
  responses: { 201: json(stockAdjustmentsSchema, "What became of each.") },
});

export const countStock = createRoute({
  operationId: "stock.count",
  method: "post",
  path: "/v1/stock-counts",
  tags: ["Stock"],
  summary: "Set how many units are there to what was counted",
  description:
    "The answer says the difference, as `delta`; 0 where there is none, and the ledger shows all the same that it was counted.",
  sentAgain: "what has moved since is counted away. With the `version` that was counted it is 412 `level_changed`.",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(stockCountRequestSchema) },
  problems: ["product_not_found", "location_not_found", "level_changed", "stock_promised", "stock_not_there"],
  responses: { 201: json(stockAdjustmentSchema, "The count, as the adjustment that it is.") },
});

export const countManyStocks = createRoute({
  operationId: "stock.countMany",
  method: "post",
  path: "/v1/stock-counts/batch",
  tags: ["Stock"],
  summary: "Set many levels to what was counted, each by itself",
  description:
    "Each count is answered as `/v1/stock-counts` would answer it, in the same order: one that is refused stops no other. One `Idempotency-Key` is for all of them: sent again after a lost answer, with the same body, each count is done once. `Location` is the ledger of the first one's SKU.",
  sentAgain:
    "what has moved since is counted away. With the `version` that was counted it is refused with `level_changed`.",
  scope: "stock:write",
  request: { headers: idempotencyHeaders, body: body(stockCountsRequestSchema) },
  responses: { 201: json(stockCountsSchema, "What became of each.") },
});

export const listShortages = createRoute({
  operationId: "stock.listShortages",
  method: "get",
  path: "/v1/shortages",
  tags: ["Stock"],
  summary: "List what is promised and not there, and the orders that lack it",
  description:
    "After a loss that was booked with `acceptShortage`. It looks at every level on its way: not a call for a shop page.",
  scope: "orders:read",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf("Shortage", shortageSchema), "A page, level by level.") },
});

const daysMax = 90;
const daysDefault = 30;

export const listLowStock = createRoute({
  operationId: "stock.listLowStock",
  method: "get",
  path: "/v1/low-stock",
  tags: ["Stock"],
  summary: "List the levels that are low or sold out, with how long what is left lasts",
  description:
    "Levels with a `lowStockThreshold` of which no more is available than that, now; those of a location that is not active only where `locationId` names it. The feed says it as it happens: `StockLow`, `StockOut`, `StockBack`.",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      ...pagingQuery,
      locationId: locationIdSchema.optional().openapi({ description: "Only at this location." }),
      days: wholeNumber(1, daysMax)
        .default(daysDefault)
        .openapi({ description: `Over how many days sales are counted, at most ${daysMax}.` }),
    }),
  },
  problems: ["location_not_found"],
  responses: { 200: json(pageOf("LowStock", lowStockSchema), "A page, level by level.") },
});

const levelParams = z.object({ sku: skuSchema, location: locationIdSchema });

export const readLevel = createRoute({
  operationId: "stock.readLevel",
  method: "get",
  path: "/v1/stock-levels/{sku}/{location}",
  tags: ["Stock"],
  summary: "Read a stock level",
  description: "Where nothing has ever been, all is 0.",
  scope: "orders:read",
  request: { params: levelParams },
  problems: ["product_not_found", "location_not_found"],
  responses: { 200: json(soleLevelSchema, "The level.") },
});

export const changeLevel = createRoute({
  operationId: "stock.changeLevel",
  method: "patch",
  path: "/v1/stock-levels/{sku}/{location}",
  tags: ["Stock"],
  summary: "Set what is kept back of a stock level, or when it is low",
  description:
    "`If-Match` compares these settings alone: stock may move while a person edits. A change that is there already answers the same, whatever `If-Match` says.",
  sentAgain: "what a later change has set is set back.",
  scope: "stock:write",
  request: { params: levelParams, headers: matchHeaders, body: body(levelChangeSchema) },
  problems: ["product_not_found", "location_not_found", "level_changed", "stock_promised"],
  responses: { 200: json(soleLevelSchema, "The level.") },
});

export const listMovements = createRoute({
  operationId: "stock.listMovements",
  method: "get",
  path: "/v1/stock-movements",
  tags: ["Stock"],
  summary: "The ledger of a SKU: every change of its stock, newest first",
  scope: "orders:read",
  request: { query: z.strictObject({ sku: skuSchema, ...pagingQuery }) },
  problems: ["product_not_found"],
  responses: { 200: json(pageOf("StockMovement", stockMovementSchema), "A page.") },
});

export const reconcile = createRoute({
  operationId: "stock.reconcile",
  method: "get",
  path: "/v1/reconciliation",
  tags: ["Stock"],
  summary: "Check every counter against orders, adjustments, transfers and journal, now",
  description:
    "It also looks at every product, order and journal entry (with `sku`: at the orders and entries of that SKU) for whether it can be read. It takes as long as there are orders.",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      sku: skuSchema.optional(),
      levelsOnly: z.enum(["true", "false"]).optional().openapi({
        description:
          "`true` leaves out the look at every product, order and journal entry: quicker, for a page that polls.",
      }),
    }),
  },
  problems: ["product_not_found"],
  responses: { 200: json(reconciliationSchema, "What was found.") },
});

export const correctStock = createRoute({
  operationId: "stock.correct",
  method: "post",
  path: "/v1/reconciliation/corrections",
  tags: ["Stock"],
  summary: "Set a stock level that does not add up to what its sources add up to",
  description:
    "Send what the sources add up to as you saw it in `/v1/reconciliation`. They are added up again in the same transaction: if they have changed, the answer is 409 `drift_changed` with the fresh figures, and nothing is written.",
  sentAgain: "409 `nothing_to_correct`, or `drift_changed`.",
  scope: "admin",
  request: { headers: idempotencyHeaders, body: body(stockCorrectionRequestSchema) },
  problems: ["product_not_found", "location_not_found", "nothing_to_correct", "drift_changed", "stock_promised"],
  responses: { 201: json(stockCorrectionSchema, "The correction.") },
});

export const explainLevel = createRoute({
  operationId: "stock.explain",
  method: "get",
  path: "/v1/stock-levels/{sku}/{location}/explain",
  tags: ["Stock"],
  summary: "What adds up to a stock level's numbers, now or at a past instant",
  description:
    "totalStock = adjustments - shipped + restocked - sent + arrived + corrections + unexplained; reservedStock = held + awaiting + corrections + unexplained; committedStock = sold - shipped - cancelled + corrections + unexplained; unsellableStock = unsellable + corrections + unexplained; incomingStock = expected - arrived + corrections + unexplained. Of a level that has moved more than some 5,000 times the sums of now are those of its orders, fulfilments, reversals, transfers, adjustments and corrections, and the newest of each part are looked for among its last movements only. A past instant reads the SKU's whole journal back to its beginning: not a call for a shop page.",
  scope: "orders:read",
  request: {
    params: levelParams,
    query: z.strictObject({ at: instantQuery.openapi({ description: "Now if left out; not in the future." }) }),
  },
  problems: ["product_not_found", "location_not_found"],
  responses: { 200: json(explanationSchema, "What adds up to it.") },
});
