import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { stockAdjustmentSchema } from "./adjustment-schemas.ts";
import { figures, stockCorrectionSchema, stockLevelSchema } from "./stock-schemas.ts";
import { unreadableRecordsSchema } from "./unreadable-schema.ts";
import { instantSchema, skuSchema } from "./value-schemas.ts";

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

const unsellableUnits = z
  .object({
    adjustmentId: z.string().optional().openapi({ description: "The adjustment's id, where it was one." }),
    reversalId: z.string().optional().openapi({ description: "The return's id, where it was one." }),
    receiptId: z.string().optional().openapi({ description: "The receipt's id, where it was one." }),
    units: z.int().openapi({ description: "Units that became unsellable; below zero: that are no longer." }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("ExplainedUnsellable");

const transferUnits = z
  .object({
    transferId: z.string().openapi({ description: "The transfer's id." }),
    units: z.int().openapi({ description: "Its units of the SKU." }),
    at: instantSchema.openapi({ description: "When it was created or shipped." }),
  })
  .openapi("ExplainedTransfer");

const arrivedUnits = z
  .object({
    receiptId: z.string().openapi({ description: "The receipt's id." }),
    transferId: z.string().openapi({ description: "The transfer's id." }),
    units: z.int().openapi({ description: "Its units of the SKU." }),
    at: instantSchema.openapi({ description: "When they arrived." }),
  })
  .openapi("ExplainedReceipt");

const explainedTransfers = part("ExplainedTransfers", transferUnits, unitsSum);

const explainedReversals = part("ExplainedReversals", reversedUnits, unitsSum);

const explainedOrders = part("ExplainedOrders", orderUnits, unitsSum);

export const explanationSchema = z
  .object({
    sku: skuSchema,
    at: instantSchema.openapi({ description: "The moment that it is about." }),
    level: stockLevelSchema.openapi({ description: "The level at that moment, as the journal has it." }),
    adjustments: part("ExplainedAdjustments", stockAdjustmentSchema, unitsSum).openapi({
      description: "What has come and gone, sales apart, and what was counted.",
    }),
    held: explainedOrders.openapi({ description: "Orders that hold reservedStock." }),
    sold: explainedOrders.openapi({ description: "Orders that are paid, shipped or not." }),
    shipped: part("ExplainedFulfilments", shippedUnits, unitsSum).openapi({
      description: "What has left: it counts in totalStock and committedStock no more.",
    }),
    cancelled: explainedReversals.openapi({ description: "What was cancelled after payment: it is sold no more." }),
    restocked: explainedReversals.openapi({ description: "What has come back and is there, sellable or not." }),
    unsellable: part("ExplainedUnsellables", unsellableUnits, unitsSum).openapi({
      description: "What cannot be sold: it became so, came back so, or was taken off again.",
    }),
    awaiting: explainedTransfers.openapi({ description: "What transfers that have yet to leave have reserved." }),
    sent: explainedTransfers.openapi({ description: "What has left with transfers, and did not come back." }),
    expected: explainedTransfers.openapi({
      description: "What transfers bring, arrived or not, less what was lost on its way or went back.",
    }),
    arrived: part("ExplainedReceipts", arrivedUnits, unitsSum).openapi({
      description: "What has arrived with transfers, sellable or not.",
    }),
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
