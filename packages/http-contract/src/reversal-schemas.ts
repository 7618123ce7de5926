import { dispositions, limits, type Quantity, returnDispositions, reversalKinds } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { unitsSchema } from "./order-schemas.ts";
import {
  branded,
  instantSchema,
  locationIdSchema,
  orderIdSchema,
  referenceSchema,
  refundReferenceSchema,
  skuSchema,
} from "./value-schemas.ts";

const reference = referenceSchema.openapi({
  description: "Your own id for it: a ticket, a return slip.",
  example: "rma-311",
});

const place = locationIdSchema.openapi({
  description: "Where the units come from. Default: from where the order has them, its allocations in their order.",
});

const givenUp = branded<Quantity>()(unitsSchema.openapi({ description: "Units that the order gives up.", example: 1 }));

export const cancellationRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({ sku: skuSchema, locationId: place.optional(), quantity: givenUp }).openapi("CancellationLine"),
      )
      .min(1)
      .max(limits.cartLinesMax)
      .optional()
      .openapi({ description: "What is cancelled. Default: all that has yet to leave." }),
    reference: reference.optional(),
  })
  .openapi("CancellationRequest", { example: { lines: [{ sku: "tea-green", quantity: 1 }] } });

export const returnRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({
            sku: skuSchema,
            locationId: place.optional(),
            quantity: givenUp,
            disposition: z.enum(returnDispositions).openapi({
              description: "RESTOCK: can be sold again. UNSELLABLE: is kept, and cannot be sold. DISCARD: is gone.",
              example: "RESTOCK",
            }),
          })
          .openapi("ReturnLine"),
      )
      .min(1)
      .max(limits.cartLinesMax)
      .openapi({ description: "What has come back, and what becomes of it." }),
    refund: z
      .boolean()
      .optional()
      .openapi({ description: "Whether what it cost is due back. Default: true.", example: true }),
    reference: reference.optional(),
  })
  .openapi("ReturnRequest");

const minorUnits = z.int().min(0).max(limits.totalAmountMax);

export const reversalSchema = z
  .object({
    id: z.string().openapi({ description: "The reversal's id.", example: "rev_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    orderId: orderIdSchema,
    kind: z
      .enum(reversalKinds)
      .openapi({ description: "CANCELLATION: before the units left. RETURN: after that.", example: "RETURN" }),
    lines: z
      .array(
        z
          .object({
            sku: skuSchema,
            locationId: locationIdSchema,
            quantity: unitsSchema,
            disposition: z
              .enum(dispositions)
              .openapi({ description: "What became of the units: CANCELLED ones never left.", example: "RESTOCK" }),
          })
          .openapi("ReversalLine"),
      )
      .openapi({ description: "What the order gave up." }),
    refundDue: minorUnits.openapi({
      description: "Minor units of the order's currency that it has made due back.",
      example: 450,
    }),
    reference: reference.optional(),
    actor: z.string().openapi({ description: "Who recorded it: an API key's name.", example: "support" }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("Reversal", { description: "Units that a paid order has given up: cancelled, or returned." });

export const repaymentRequestSchema = z
  .strictObject({
    amount: z
      .int()
      .min(1)
      .max(limits.totalAmountMax)
      .optional()
      .openapi({ description: "Minor units that went back. Default: all that are due.", example: 450 }),
    reference: refundReferenceSchema.optional(),
  })
  .openapi("RepaymentRequest", { example: { amount: 450, reference: "re_3QxY" } });

export const repaymentSchema = z
  .object({
    id: z.string().openapi({ description: "The repayment's id.", example: "rep_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    orderId: orderIdSchema,
    amount: minorUnits.openapi({ description: "Minor units of the order's currency.", example: 450 }),
    reference: refundReferenceSchema.optional(),
    actor: z.string().openapi({ description: "Who recorded it: an API key's name.", example: "support" }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("Repayment", { description: "Money that went back for what was cancelled or returned." });
