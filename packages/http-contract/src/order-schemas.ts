import {
  limits,
  orderStatuses,
  paymentOutcomes,
  type Quantity,
  reservationStatuses,
  reviewDecisions,
} from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { moneySchema, totalSchema } from "./money-schema.ts";
import {
  branded,
  customerIdSchema,
  instantSchema,
  locationIdSchema,
  nameSchema,
  orderIdSchema,
  referenceSchema,
  skuSchema,
} from "./text-schemas.ts";

export const quantitySchema = branded<Quantity>()(z.int().min(1).max(limits.lineQuantityMax).openapi({ example: 2 }));

/** Units of one SKU on an order: its lines put together. */
const unitsSchema = z
  .int()
  .min(1)
  .max(limits.lineQuantityMax * limits.cartLinesMax)
  .openapi({ example: 2 });

const reservationId = z.string().openapi({ example: "res_01K9ZK3S6Q8W5V2N4M7R1T0YXB" });
const reservationStatus = z.enum(reservationStatuses).openapi({ example: "ACTIVE" });

export const orderRequestSchema = z
  .strictObject({
    lines: z
      .array(z.strictObject({ sku: skuSchema, quantity: quantitySchema }))
      .min(1)
      .max(limits.cartLinesMax)
      .openapi({ description: "All of them are held, or none. A SKU on two lines asks for the sum." }),
    customerId: customerIdSchema.optional(),
    locationId: locationIdSchema.optional(),
    holdSeconds: z
      .int()
      .min(limits.holdSecondsMin)
      .max(limits.holdSecondsMax)
      .optional()
      .openapi({ description: "How long the stock is held for payment. Default: HOLD_SECONDS.", example: 300 }),
  })
  .openapi("OrderRequest");

export const confirmRequestSchema = z
  .strictObject({ paymentReference: referenceSchema.optional() })
  .openapi("ConfirmRequest", { example: { paymentReference: "pi_3QxY" } });

const reviewDecision = z.enum(reviewDecisions).openapi({ example: "SELL" });

export const reviewRequestSchema = z.strictObject({ decision: reviewDecision }).openapi("ReviewRequest");

export const paymentSchema = z
  .object({
    reference: referenceSchema.optional(),
    at: instantSchema,
    outcome: z.enum(paymentOutcomes),
    review: z
      .object({ decision: reviewDecision, at: instantSchema })
      .optional()
      .openapi({ description: "How a person decided, where the payment was too late and the shop reviews such." }),
  })
  .openapi("Payment");

/** Lines as an order's holds and events name them. */
export const stockLinesSchema = z.array(z.object({ sku: skuSchema, quantity: unitsSchema }));

export const orderSchema = z
  .object({
    id: orderIdSchema,
    status: z.enum(orderStatuses).openapi({ example: "PENDING_PAYMENT" }),
    customerId: customerIdSchema.optional(),
    locationId: locationIdSchema,
    lines: z.array(
      z.object({
        sku: skuSchema,
        name: nameSchema.openapi({ description: "As it was at checkout." }),
        quantity: unitsSchema,
        unitPrice: moneySchema.openapi({ description: "As it was at checkout." }),
      }),
    ),
    total: totalSchema,
    placedAt: instantSchema,
    endedAt: instantSchema.optional(),
    reservation: z.object({ id: reservationId, status: reservationStatus, expiresAt: instantSchema }),
    payment: paymentSchema.optional(),
  })
  .openapi("Order");

export const reservationSchema = z
  .object({
    id: reservationId,
    status: reservationStatus,
    expiresAt: instantSchema,
    orderId: orderIdSchema,
    customerId: customerIdSchema.optional(),
    locationId: locationIdSchema,
    lines: stockLinesSchema,
  })
  .openapi("Reservation");
