import { fulfilmentStatuses, limits, type Quantity } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { unitsSchema } from "./order-schemas.ts";
import {
  branded,
  instantSchema,
  locationIdSchema,
  orderIdSchema,
  referenceSchema,
  skuSchema,
} from "./value-schemas.ts";

const reference = referenceSchema.openapi({
  description: "Your own id for it: a shipment, a tracking number.",
  example: "1Z999AA10123456784",
});

export const fulfilmentRequestSchema = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({
            sku: skuSchema,
            locationId: locationIdSchema.optional().openapi({
              description:
                "From where they leave. Default: from where the order has them, its allocations in their order.",
            }),
            quantity: branded<Quantity>()(unitsSchema.openapi({ description: "Units that leave.", example: 2 })),
          })
          .openapi("FulfilmentRequestLine"),
      )
      .min(1)
      .max(limits.cartLinesMax)
      .optional()
      .openapi({ description: "What leaves. Default: all that has yet to leave." }),
    reference: reference.optional(),
  })
  .openapi("FulfilmentRequest", { example: { lines: [{ sku: "tea-green", quantity: 2 }], reference: "parcel-4711" } });

export const fulfilmentSchema = z
  .object({
    id: z.string().openapi({ description: "The fulfilment's id.", example: "ful_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
    orderId: orderIdSchema,
    lines: z
      .array(
        z
          .object({ sku: skuSchema, locationId: locationIdSchema, quantity: unitsSchema })
          .openapi("FulfilmentLine", { description: "Units of one SKU that have left one place." }),
      )
      .openapi({ description: "What has left." }),
    reference: reference.optional(),
    fulfilmentStatus: z
      .enum(fulfilmentStatuses)
      .openapi({ description: "How far the order was fulfilled right after it.", example: "PARTIAL" }),
    actor: z.string().openapi({ description: "Who recorded it: an API key's name.", example: "warehouse" }),
    at: instantSchema.openapi({ description: "When it was recorded." }),
  })
  .openapi("Fulfilment", { description: "Units of an order that have left." });
