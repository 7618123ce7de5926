import { conditions, limits, lossReasons, type Quantity, transferStatuses } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import {
  branded,
  instantSchema,
  locationIdSchema,
  noteSchema,
  referenceSchema,
  requestInstantSchema,
  skuSchema,
  transferIdSchema,
} from "./value-schemas.ts";

const reference = referenceSchema.openapi({
  description: "Your own id for it: a purchase order, a delivery note.",
  example: "po-2026-311",
});

const fromLocationId = locationIdSchema.openapi({
  description: "The place that the units leave. Left out: a supplier sends them.",
  example: "berlin",
});

const toLocationId = locationIdSchema.openapi({ description: "The place at which they arrive.", example: "main" });

const quantity = branded<Quantity>()(
  z.int().min(1).max(limits.totalStockMax).openapi({ description: "Whole units.", example: 12 }),
);

const units = (description: string) => z.int().min(0).openapi({ description, example: 0 });

export const lossReasonSchema = z.enum(lossReasons).openapi({
  description: "Why the rest will not arrive. `not_delivered`: it was never sent.",
  example: "damaged",
});

const conditionSchema = z.enum(conditions).openapi({
  description: "How they arrived. `UNSELLABLE`: they are there, and cannot be sold.",
  example: "SELLABLE",
});

/** A SKU and how many units of it, as requests and events name them. */
export const transferLineSchema = z.strictObject({ sku: skuSchema, quantity }).openapi("TransferUnits");

export const transferRequestSchema = z
  .strictObject({
    fromLocationId: fromLocationId.optional(),
    toLocationId,
    lines: z
      .array(transferLineSchema)
      .min(1)
      .max(limits.transferLinesMax)
      .openapi({ description: `What is sent: all of it or none; at most ${limits.transferLinesMax} lines.` }),
    expectedAt: requestInstantSchema
      .optional()
      .openapi({ description: "When it should arrive. For your people: nothing follows from it." }),
    reference: reference.optional(),
    note: noteSchema.optional(),
  })
  .openapi("TransferRequest", {
    example: { fromLocationId: "berlin", toLocationId: "main", lines: [{ sku: "tea-green", quantity: 12 }] },
  });

export const receiptRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({ sku: skuSchema, quantity, condition: conditionSchema.default("SELLABLE") })
          .openapi("ReceiptRequestLine"),
      )
      .min(1)
      .max(limits.transferLinesMax)
      .optional()
      .openapi({ description: "What has arrived. Default: all that is on its way, to be sold." }),
    reference: reference.optional(),
  })
  .openapi("ReceiptRequest", {
    example: {
      lines: [
        { sku: "tea-green", quantity: 10 },
        { sku: "tea-green", quantity: 1, condition: "UNSELLABLE" },
      ],
    },
  });

export const transferCloseSchema = z
  .strictObject({ lossReason: lossReasonSchema, note: noteSchema.optional() })
  .openapi("TransferClose");

/** Between which places units go, wherever that is said. */
export const transferPlaces = { fromLocationId: fromLocationId.optional(), toLocationId };

export const transferSchema = z
  .object({
    id: transferIdSchema,
    status: z.enum(transferStatuses).openapi({
      description:
        "PENDING: reserved at its source. IN_TRANSIT: on its way, some of it may have arrived. RECEIVED: all has arrived. CLOSED: the rest was lost. CANCELLED: the rest stayed, came back, or will not be sent.",
      example: "IN_TRANSIT",
    }),
    ...transferPlaces,
    lines: z
      .array(
        z
          .object({
            sku: skuSchema,
            quantity,
            receivedQuantity: units("Units that have arrived, sellable or not."),
            lostQuantity: units("Units that were lost on their way."),
            returnedQuantity: units("Units that stayed, came back, or will not be sent."),
            openQuantity: units("Units that have yet to leave or to arrive."),
          })
          .openapi("TransferLine"),
      )
      .openapi({ description: "One for each SKU." }),
    expectedAt: instantSchema.optional().openapi({ description: "When it should arrive." }),
    reference: reference.optional(),
    note: noteSchema.optional(),
    actor: z.string().openapi({ description: "Who created it: an API key's name.", example: "warehouse" }),
    createdAt: instantSchema.openapi({ description: "When it was created." }),
    shippedAt: instantSchema.optional().openapi({ description: "When it left. Absent where a supplier sends it." }),
    endedAt: instantSchema.optional().openapi({ description: "When it was received in full, closed or cancelled." }),
    lossReason: lossReasonSchema.optional().openapi({ description: "Of one that is CLOSED: why the rest was lost." }),
  })
  .openapi("Transfer", { description: "Units on their way to a place, from another one or from a supplier." });

export const receiptSchema = z
  .object({
    id: z.string().openapi({ description: "The receipt's id.", example: "rct_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    transferId: transferIdSchema,
    lines: z
      .array(
        z
          .object({ sku: skuSchema, locationId: locationIdSchema, quantity, condition: conditionSchema })
          .openapi("ReceiptLine", { description: "Units of one SKU that have arrived." }),
      )
      .openapi({ description: "What has arrived." }),
    reference: reference.optional(),
    transferStatus: z
      .enum(["IN_TRANSIT", "RECEIVED"])
      .openapi({ description: "What the transfer was right after it.", example: "RECEIVED" }),
    actor: z.string().openapi({ description: "Who recorded it: an API key's name.", example: "warehouse" }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("Receipt", { description: "Units of a transfer that have arrived." });
