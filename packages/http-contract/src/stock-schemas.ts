import { adjustmentReasons, limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { unreadableRecordsSchema } from "./unreadable-schema.ts";
import {
  correctionReasonSchema,
  instantSchema,
  locationIdSchema,
  referenceSchema,
  skuSchema,
} from "./value-schemas.ts";

/** The five numbers of a stock level, or of a product over all its levels. */
export const stockNumbers = {
  totalStock: z.int().openapi({ description: "Physically there.", example: 12 }),
  reservedStock: z.int().openapi({ description: "Held by ACTIVE reservations.", example: 2 }),
  committedStock: z.int().openapi({ description: "Sold, not yet shipped.", example: 3 }),
  safetyStock: z.int().openapi({ description: "Kept back on purpose.", example: 0 }),
  availableStock: z.int().openapi({ description: "What can still be promised.", example: 7 }),
};

const actorSchema = z.string().openapi({ description: "An API key's name, or `worker`.", example: "warehouse" });

const version = z.int().openapi({ description: "Counts the level's movements, without a gap.", example: 6 });

export const stockLevelSchema = z
  .object({ locationId: locationIdSchema, version, ...stockNumbers })
  .openapi("StockLevel");

export const stockAdjustmentRequestSchema = z
  .strictObject({
    sku: skuSchema,
    locationId: locationIdSchema.optional(),
    delta: z
      .int()
      .min(-limits.totalStockMax)
      .max(limits.totalStockMax)
      .refine((delta) => delta !== 0, "must not be 0")
      .openapi({ description: "Units added (above zero) or taken away (below).", example: 5, not: { const: 0 } }),
    reason: z.enum(adjustmentReasons).openapi({ description: "Why.", example: "restock" }),
    reference: referenceSchema.optional(),
  })
  .openapi("StockAdjustmentRequest");

export const stockAdjustmentSchema = z
  .object({
    id: z.string().openapi({ description: "The adjustment's id.", example: "adj_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    sku: skuSchema,
    locationId: locationIdSchema,
    delta: z.int().openapi({ description: "Units added (above zero) or taken away (below).", example: 5 }),
    reason: z
      .enum([...adjustmentReasons, "initial"])
      .openapi({ description: "Why. `initial`: the product's first stock.", example: "restock" }),
    reference: referenceSchema.optional(),
    actor: actorSchema,
    createdAt: instantSchema.openapi({ description: "When it was booked." }),
    level: stockLevelSchema.openapi({ description: "The level right after it." }),
  })
  .openapi("StockAdjustment");

/** A sum may pass the bound of what it is a sum of: that is what a reviewer looks for. */
const sumSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What the sources of a level add up to, as a reviewer saw them. */
const expectedFigures = z
  .strictObject({
    totalStock: sumSchema.openapi({
      description: "Sum of all adjustments, less what has left, with what came back to be sold again.",
      example: 12,
    }),
    reservedStock: sumSchema.openapi({ description: "Sum of the lines of PENDING_PAYMENT orders.", example: 2 }),
    committedStock: sumSchema.openapi({
      description: "Sum of the lines of CONFIRMED orders, less what has left or was cancelled.",
      example: 3,
    }),
  })
  .openapi("ExpectedFigures");

export const stockCorrectionRequestSchema = z
  .strictObject({
    sku: skuSchema,
    locationId: locationIdSchema.optional(),
    reason: correctionReasonSchema,
    expected: expectedFigures.openapi({
      description: "What the sources add up to, as you saw it in `/v1/reconciliation`.",
    }),
  })
  .openapi("StockCorrectionRequest");

/** By how much each counter changed. */
export const figures = z
  .object({
    totalStock: z.int().openapi({ description: "Of units that are there." }),
    reservedStock: z.int().openapi({ description: "Of units that are held." }),
    committedStock: z.int().openapi({ description: "Of units that are sold." }),
  })
  .openapi("StockFigures");

export const stockCorrectionSchema = z
  .object({
    id: z.string().openapi({ description: "The correction's id.", example: "cor_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    sku: skuSchema,
    locationId: locationIdSchema,
    reason: correctionReasonSchema,
    actor: actorSchema,
    createdAt: instantSchema.openapi({ description: "When it was corrected." }),
    change: figures.openapi({
      description: "By how much each counter was set right.",
      example: { totalStock: 0, reservedStock: 2, committedStock: 0 },
    }),
    level: stockLevelSchema.openapi({ description: "The level right after it." }),
  })
  .openapi("StockCorrection");

export const stockMovementSchema = z
  .object({
    sku: skuSchema,
    at: instantSchema.openapi({ description: "When it moved." }),
    reason: z.string().openapi({ description: "An adjustment's reason, or what happened.", example: "order_placed" }),
    actor: actorSchema,
    orderId: z.string().optional().openapi({ description: "The order that moved it." }),
    adjustmentId: z.string().optional().openapi({ description: "The adjustment that moved it." }),
    correctionId: z.string().optional().openapi({ description: "The correction that moved it." }),
    fulfilmentId: z.string().optional().openapi({ description: "The fulfilment that moved it." }),
    reversalId: z.string().optional().openapi({ description: "The cancellation or return that moved it." }),
    reference: referenceSchema.optional(),
    change: figures.openapi({
      description: "By how much each number changed.",
      example: { totalStock: 0, reservedStock: 2, committedStock: 0 },
    }),
    after: stockLevelSchema.openapi({ description: "The level right after it." }),
  })
  .openapi("StockMovement");

export const reconciliationSchema = z
  .object({
    ok: z.boolean().openapi({ description: "Nothing drifts, and every record can be read.", example: true }),
    levelsChecked: z.int().openapi({ description: "How many levels were added up.", example: 6 }),
    drift: z
      .array(
        z
          .object({
            sku: skuSchema,
            locationId: locationIdSchema,
            counter: z
              .enum(["totalStock", "reservedStock", "committedStock", "version"])
              .openapi({ description: "The figure of the level that is off." }),
            source: z.enum(["orders", "adjustments", "journal"]).openapi({ description: "What it was compared with." }),
            counted: z.int().openapi({ description: "What the stock level says." }),
            expected: z.int().openapi({ description: "What the source adds up to." }),
          })
          .openapi("Drift"),
      )
      .openapi({ description: "Figures that differ from their source." }),
    unreadable: unreadableRecordsSchema.openapi({
      description: "Records that cannot be read. Every other one was compared.",
    }),
  })
  .openapi("Reconciliation");

/** A part of a number: all of it as a count and a sum, the newest few one by one. */
function part<Item extends z.ZodType, Sum extends z.ZodType>(name: string, item: Item, sum: Sum) {
  return z
    .object({
      count: z.int().openapi({ description: "How many there are." }),
      sum,
      newest: z.array(item).openapi({ description: `Newest first, at most ${limits.explainedItemsMax}.` }),
    })
    .openapi(name);
}

const unitsSum = z.int().openapi({ description: "Their units, added up." });

const orderUnits = z
  .object({
    orderId: z.string().openapi({ description: "The order's id." }),
    units: z.int().openapi({ description: "Its units of the SKU." }),
    placedAt: instantSchema.openapi({ description: "When it was placed." }),
  })
  .openapi("ExplainedOrder");

const shippedUnits = z
  .object({
    fulfilmentId: z.string().openapi({ description: "The fulfilment's id." }),
    orderId: z.string().openapi({ description: "The order's id." }),
    units: z.int().openapi({ description: "Its units of the SKU." }),
    at: instantSchema.openapi({ description: "When they left." }),
  })
  .openapi("ExplainedFulfilment");

const reversedUnits = z
  .object({
    reversalId: z.string().openapi({ description: "The reversal's id." }),
    orderId: z.string().openapi({ description: "The order's id." }),
    units: z.int().openapi({ description: "Its units of the SKU." }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("ExplainedReversal");

const explainedReversals = part("ExplainedReversals", reversedUnits, unitsSum);

const explainedOrders = part("ExplainedOrders", orderUnits, unitsSum);

export const explanationSchema = z
  .object({
    sku: skuSchema,
    at: instantSchema.openapi({ description: "The moment that it is about." }),
    level: stockLevelSchema.openapi({ description: "The level at that moment, as the journal has it." }),
    adjustments: part("ExplainedAdjustments", stockAdjustmentSchema, unitsSum).openapi({
      description: "What has come and gone, sales apart.",
    }),
    held: explainedOrders.openapi({ description: "Orders that hold reservedStock." }),
    sold: explainedOrders.openapi({ description: "Orders that are paid, shipped or not." }),
    shipped: part("ExplainedFulfilments", shippedUnits, unitsSum).openapi({
      description: "What has left: it counts in totalStock and committedStock no more.",
    }),
    cancelled: explainedReversals.openapi({ description: "What was cancelled after payment: it is sold no more." }),
    restocked: explainedReversals.openapi({ description: "What has come back and can be sold again." }),
    corrections: part(
      "ExplainedCorrections",
      stockCorrectionSchema,
      figures.openapi({ description: "Their changes, added up." }),
    ).openapi({
      description: "By how much reviewed corrections have moved each counter.",
    }),
    unexplained: figures.openapi({
      description: "What nothing else here explains: somebody edited the level. Corrections even it out.",
    }),
    complete: z
      .boolean()
      .openapi({ description: "False where an entry cannot be read: then every sum may lack units." }),
    unreadable: unreadableRecordsSchema.openapi({
      description: `Journal entries that cannot be read, at most ${limits.explainedItemsMax}.`,
    }),
  })
  .openapi("Explanation");
