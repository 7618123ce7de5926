import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { unreadableRecordsSchema } from "./unreadable-schema.ts";
import {
  correctionReasonSchema,
  instantSchema,
  locationIdSchema,
  noteSchema,
  referenceSchema,
  skuSchema,
} from "./value-schemas.ts";

/** The numbers of a stock level, or of a product over all its levels. */
export const stockNumbers = {
  totalStock: z.int().openapi({ description: "Physically there.", example: 12 }),
  reservedStock: z
    .int()
    .openapi({ description: "Held by ACTIVE reservations, and by transfers that have yet to leave.", example: 2 }),
  committedStock: z.int().openapi({ description: "Sold, not yet shipped.", example: 3 }),
  safetyStock: z.int().openapi({ description: "Kept back on purpose.", example: 0 }),
  unsellableStock: z
    .int()
    .openapi({ description: "There, and cannot be sold: damaged, in quality control.", example: 0 }),
  incomingStock: z.int().openapi({
    description: "In transit, or expected from a supplier: not there, and not to be promised.",
    example: 0,
  }),
  availableStock: z.int().openapi({
    description:
      "What can still be promised. Below zero where units are owed: on backorder, or after a loss that was booked with `acceptShortage`.",
    example: 7,
  }),
  shortStock: z
    .int()
    .openapi({ description: "Promised and not there: on backorder, or after such a loss.", example: 0 }),
};

/** Who did something to stock. */
export const actorSchema = z.string().openapi({ description: "An API key's name, or `worker`.", example: "warehouse" });

const version = z.int().openapi({ description: "Counts the level's movements, without a gap.", example: 6 });

const threshold = z.int().min(0).max(limits.totalStockMax);

const lowStockThreshold = threshold
  .optional()
  .openapi({ description: "At how few available units it is low. Absent: it never is.", example: 3 });

/** What a shop sets of a level. */
export const levelSettings = { safetyStock: stockNumbers.safetyStock, lowStockThreshold };

export const stockLevelSchema = z
  .object({ locationId: locationIdSchema, version, ...stockNumbers, lowStockThreshold })
  .openapi("StockLevel");

/** A level that stands by itself. */
export const soleLevelSchema = z.object({ sku: skuSchema, ...stockLevelSchema.shape }).openapi("SoleStockLevel");

export const levelChangeSchema = z
  .strictObject({
    safetyStock: threshold.optional().openapi({
      description: "Units to keep back. More than are available cannot be.",
      example: 2,
    }),
    lowStockThreshold: threshold.nullable().optional().openapi({
      description: "At how few available units it is low. `null`: it never is.",
      example: 3,
    }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must change something")
  .openapi("StockLevelChange", { minProperties: 1 });

/** Of a call that takes units away. */
export const acceptShortage = z.boolean().optional().openapi({
  description:
    "`true` books a loss of units that are promised: `shortStock` shows it, nothing new is promised, and the next stock fills it. Default: it is refused.",
  example: false,
});

/** A sum may pass the bound of what it is a sum of: that is what a reviewer looks for. */
const sumSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What the sources of a level add up to, as a reviewer saw them. */
const expectedFigures = z
  .strictObject({
    totalStock: sumSchema.openapi({
      description:
        "Sum of all adjustments, less what has left, with what came back to be sold again, and what transfers took away and brought.",
      example: 12,
    }),
    reservedStock: sumSchema.openapi({
      description: "Sum of the lines of PENDING_PAYMENT orders, and of transfers that have yet to leave.",
      example: 2,
    }),
    committedStock: sumSchema.openapi({
      description: "Sum of the lines of CONFIRMED orders, less what has left or was cancelled.",
      example: 3,
    }),
    unsellableStock: sumSchema.optional().openapi({
      description: "Sum of the adjustments, returns and receipts that cannot be sold. Default: 0.",
      example: 0,
    }),
    incomingStock: sumSchema.optional().openapi({
      description: "Sum of the transfers that are on their way, less what has arrived. Default: 0.",
      example: 0,
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
    acceptShortage,
  })
  .openapi("StockCorrectionRequest");

/** By how much each counter changed. */
export const figures = z
  .object({
    totalStock: z.int().openapi({ description: "Of units that are there." }),
    reservedStock: z.int().openapi({ description: "Of units that are held." }),
    committedStock: z.int().openapi({ description: "Of units that are sold." }),
    unsellableStock: z.int().optional().openapi({ description: "Of units that cannot be sold. Absent: none." }),
    incomingStock: z.int().optional().openapi({ description: "Of units that are on their way. Absent: none." }),
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
    transferId: z.string().optional().openapi({ description: "The transfer that moved it." }),
    receiptId: z.string().optional().openapi({ description: "The receipt that moved it." }),
    reference: referenceSchema.optional(),
    note: noteSchema.optional(),
    change: figures.openapi({
      description: "By how much each number changed.",
      example: { totalStock: 0, reservedStock: 2, committedStock: 0 },
    }),
    backorderLimit: z.int().min(1).optional().openapi({
      description: "How many units its level was allowed to owe with it, where its product took backorders.",
      example: 20,
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
              .enum(["totalStock", "reservedStock", "committedStock", "unsellableStock", "incomingStock", "version"])
              .openapi({ description: "The figure of the level that is off." }),
            source: z
              .enum(["orders", "adjustments", "transfers", "journal"])
              .openapi({ description: "What it was compared with." }),
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
