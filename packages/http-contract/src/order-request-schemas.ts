import { limits, type Quantity, reviewDecisions } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import {
  branded,
  customerIdSchema,
  locationIdSchema,
  metadataChangeSchema,
  metadataSchema,
  orderIdSchema,
  orderReferenceSchema,
  paymentReferenceSchema,
  refundReferenceSchema,
  requestInstantSchema,
  skuSchema,
} from "./value-schemas.ts";

export const quantitySchema = branded<Quantity>()(
  z.int().min(1).max(limits.lineQuantityMax).openapi({ description: "Units that are asked for.", example: 2 }),
);

export const linesRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({
            sku: skuSchema,
            quantity: quantitySchema,
            locationId: locationIdSchema.optional().openapi({
              description:
                "From where this line's units have to come: those that the order has elsewhere are moved there. Default: they stay where they are, and more comes from where the order is and then, unless its places were named, from other active locations.",
            }),
          })
          .openapi("ChangedLine"),
      )
      .min(1)
      .max(limits.cartLinesMax)
      .openapi({ description: "All that the order is to have. A SKU on two lines asks for the sum." }),
  })
  .openapi("OrderLinesRequest", { example: { lines: [{ sku: "tea-green", quantity: 3 }] } });

export const orderRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({
            sku: skuSchema,
            quantity: quantitySchema,
            locationId: locationIdSchema
              .optional()
              .openapi({ description: "From where this line's units have to come. Default: the order's." }),
          })
          .openapi("OrderRequestLine"),
      )
      .min(1)
      .max(limits.cartLinesMax)
      .openapi({ description: "All of them are held, or none. A SKU on two lines asks for the sum." }),
    customerId: customerIdSchema.optional(),
    reference: orderReferenceSchema.optional(),
    metadata: metadataSchema.optional(),
    locationId: locationIdSchema.optional().openapi({
      description:
        "From where all units have to come. Default: they are allocated over the locations that are active, as ALLOCATE_BY says.",
    }),
    holdSeconds: z.int().min(limits.holdSecondsMin).max(limits.holdSecondsMax).optional().openapi({
      description:
        "How long the stock is held for payment. Default: the shortest `holdSeconds` of its products' policies, or else HOLD_SECONDS.",
      example: 300,
    }),
    replaces: orderIdSchema.optional().openapi({
      description:
        "An order of the same `customerId` that is not paid: this one takes over its units and it ends CANCELLED, both or neither. With a key for `checkout` send its `Order-Token`.",
    }),
  })
  .openapi("OrderRequest", {
    example: {
      lines: [{ sku: "tea-green", quantity: 2 }],
      customerId: "cus-4711",
      holdSeconds: 300,
    },
  });

export const orderChangeSchema = z
  .strictObject({
    reference: orderReferenceSchema.nullable().optional().openapi({
      description: "Your own id for the order. null takes it away.",
    }),
    metadata: metadataChangeSchema.nullable().optional().openapi({
      description:
        "Entry by entry: what is left out stays, and null takes an entry away. null in place of all takes all away.",
    }),
  })
  .openapi("OrderChange", { example: { reference: "2026-10041", metadata: { channel: "phone", gift: null } } });

export const extendRequestSchema = z
  .strictObject({
    expiresAt: requestInstantSchema.openapi({
      description:
        "Until when the stock is to be held. An earlier instant than it is held until anyway changes nothing.",
    }),
    paymentReference: paymentReferenceSchema.optional().openapi({
      description: "The payment that is under way, by its id at your payment provider. Needed with EXTEND_FOR=payment.",
    }),
  })
  .openapi("ExtendRequest");

export const confirmRequestSchema = z
  .strictObject({
    paymentReference: paymentReferenceSchema.optional().openapi({
      description:
        "The payment's id at your payment provider. It tells a repeat from a second payment: send it always. Without one, whatever payment the order has is meant.",
    }),
  })
  .openapi("ConfirmRequest", { example: { paymentReference: "pi_3QxY" } });

export const refundRequestSchema = z
  .strictObject({
    paymentReference: paymentReferenceSchema
      .optional()
      .openapi({ description: "Of the payment that was refunded. Absent: the payment that was reported without one." }),
    refundReference: refundReferenceSchema.optional(),
  })
  .openapi("RefundRequest", { example: { paymentReference: "pi_3QxY", refundReference: "re_3QxY" } });

export const reviewDecisionSchema = z.enum(reviewDecisions).openapi({
  description: "SELL: sell after all, if the stock is there. REFUND: the money goes back.",
  example: "SELL",
});

export const reviewRequestSchema = z.strictObject({ decision: reviewDecisionSchema }).openapi("ReviewRequest");
