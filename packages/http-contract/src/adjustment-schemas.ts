import { adjustmentReasons, affects, bookedReasons, limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { partProblemSchema } from "./problem.ts";
import { acceptShortage, actorSchema, stockLevelSchema } from "./stock-schemas.ts";
import { instantSchema, locationIdSchema, noteSchema, referenceSchema, skuSchema } from "./value-schemas.ts";

export const stockAdjustmentRequestSchema = z
  .strictObject({
    sku: skuSchema,
    locationId: locationIdSchema.optional(),
    delta: z
      .int()
      .min(-limits.totalStockMax)
      .max(limits.totalStockMax)
      .refine((delta) => delta !== 0, "must not be 0")
      .openapi({
        description:
          "Units added (above zero) or taken away (below). Of `CONDITION`: that become unsellable (above zero) or sellable again.",
        example: 5,
        not: { const: 0 },
      }),
    affects: z.enum(affects).optional().openapi({
      description:
        "`TOTAL`: units that can be sold come or go. `UNSELLABLE`: units that cannot be sold come or go. `CONDITION`: units that are there become unsellable, or sellable again. Default: `TOTAL`.",
      example: "TOTAL",
    }),
    reason: z.enum(adjustmentReasons).openapi({ description: "Why.", example: "restock" }),
    note: noteSchema.optional(),
    reference: referenceSchema.optional(),
    acceptShortage,
  })
  .openapi("StockAdjustmentRequest");

export const stockAdjustmentsRequestSchema = z
  .strictObject({
    adjustments: z
      .array(stockAdjustmentRequestSchema)
      .min(1)
      .max(limits.editsPerRequestMax)
      .openapi({ description: `What has changed, one by one; at most ${limits.editsPerRequestMax}.` }),
  })
  .openapi("StockAdjustmentsRequest");

export const stockCountRequestSchema = z
  .strictObject({
    sku: skuSchema,
    locationId: locationIdSchema.optional(),
    counted: z.int().min(0).max(limits.totalStockMax).openapi({
      description: "Units found there in all, those that cannot be sold included.",
      example: 7,
    }),
    version: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional().openapi({
      description:
        "The level's `version` when they were counted: if it is another one by now, the answer is 412. Left out: whichever it is, for a system that knows of each sale.",
      example: 6,
    }),
    note: noteSchema.optional(),
    reference: referenceSchema.optional(),
    acceptShortage,
  })
  .openapi("StockCountRequest");

export const stockCountsRequestSchema = z
  .strictObject({
    counts: z
      .array(stockCountRequestSchema)
      .min(1)
      .max(limits.editsPerRequestMax)
      .openapi({ description: `What was counted, level by level; at most ${limits.editsPerRequestMax}.` }),
  })
  .openapi("StockCountsRequest");

/** What adjustments say wherever they are shown. */
export const adjustmentFields = {
  delta: z.int().openapi({
    description: "Units added (above zero) or taken away (below). Of a count: the difference.",
    example: 5,
  }),
  affects: z.enum(affects).openapi({
    description:
      "`TOTAL`: units that can be sold. `UNSELLABLE`: units that cannot. `CONDITION`: units there became unsellable (above zero) or sellable again.",
    example: "TOTAL",
  }),
  reason: z.enum(bookedReasons).openapi({
    description: "Why. `initial`: the product's first stock; `count`: it was counted.",
    example: "restock",
  }),
  counted: z.int().optional().openapi({ description: "Of a count: units found there in all." }),
  note: noteSchema.optional(),
  reference: referenceSchema.optional(),
};

export const stockAdjustmentSchema = z
  .object({
    id: z.string().openapi({ description: "The adjustment's id.", example: "adj_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    sku: skuSchema,
    locationId: locationIdSchema,
    ...adjustmentFields,
    actor: actorSchema,
    createdAt: instantSchema.openapi({ description: "When it was booked." }),
    level: stockLevelSchema.openapi({ description: "The level right after it." }),
  })
  .openapi("StockAdjustment");

/** What is said of one edit of many, whatever it made. */
function editAnswer(call: string) {
  return {
    status: z.int().openapi({ description: `As \`${call}\` would answer: 201 where it is done.`, example: 201 }),
    replayed: z.boolean().openapi({ description: "Whether it was done before, under the same key." }),
    problem: partProblemSchema.optional().openapi({ description: "Why it is not done, where it is not." }),
  };
}

export const stockAdjustmentsSchema = z
  .object({
    data: z
      .array(
        z
          .object({
            ...editAnswer("/v1/stock-adjustments"),
            adjustment: stockAdjustmentSchema.optional().openapi({ description: "The adjustment, where it is done." }),
          })
          .openapi("StockAdjustmentAnswer"),
      )
      .openapi({ description: "One for each adjustment, in the same order." }),
  })
  .openapi("StockAdjustments");

export const stockCountsSchema = z
  .object({
    data: z
      .array(
        z
          .object({
            ...editAnswer("/v1/stock-counts"),
            count: stockAdjustmentSchema.optional().openapi({ description: "The count, where it is done." }),
          })
          .openapi("StockCountAnswer"),
      )
      .openapi({ description: "One for each count, in the same order." }),
  })
  .openapi("StockCounts");
