import { fulfilmentStatuses, limits, orderStatuses, paymentOutcomes, reservationStatuses } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { reviewDecisionSchema } from "./order-request-schemas.ts";
import {
  customerIdSchema,
  instantSchema,
  locationIdSchema,
  metadataSchema,
  moneySchema,
  nameSchema,
  orderIdSchema,
  orderReferenceSchema,
  paymentReferenceSchema,
  refundReferenceSchema,
  skuSchema,
  totalSchema,
} from "./value-schemas.ts";

/** Units of one SKU on an order: its lines put together. */
export const unitsSchema = z
  .int()
  .min(1)
  .max(limits.lineQuantityMax * limits.cartLinesMax)
  .openapi({ description: "Units of the SKU: lines of one SKU are put together.", example: 2 });

const reservation = {
  id: z.string().openapi({ description: "The reservation's id.", example: "res_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
  status: z
    .enum(reservationStatuses)
    .openapi({ description: "ACTIVE while it holds stock; the others say how it ended.", example: "ACTIVE" }),
  expiresAt: instantSchema.openapi({ description: "Until when it holds the stock, unless it is paid before." }),
};

export const paymentSchema = z
  .object({
    reference: paymentReferenceSchema.optional(),
    at: instantSchema.openapi({ description: "When you reported it." }),
    outcome: z.enum(paymentOutcomes).openapi({
      description:
        "ON_TIME: it sold what was held. REHELD: it came after the reservation had run out, and sold what was still there. REFUND_DUE: it sold nothing, and the money is due back. REVIEW_DUE: it came too late, and a person has yet to decide. REFUNDED: the money went back.",
    }),
    review: z
      .object({ decision: reviewDecisionSchema, at: instantSchema.openapi({ description: "When it was decided." }) })
      .openapi("PaymentReview")
      .optional()
      .openapi({ description: "How a person decided, where the payment was too late and the shop reviews such." }),
    refund: z
      .object({
        reference: refundReferenceSchema.optional(),
        at: instantSchema.openapi({ description: "When you reported it." }),
      })
      .openapi("PaymentRefund")
      .optional()
      .openapi({ description: "How the money went back." }),
  })
  .openapi("Payment", { description: "A payment that you reported, and what became of it." });

/** Units that have left, that were cancelled before they left, and that came back. */
const unitsOfLine = {
  fulfilledQuantity: z
    .int()
    .min(1)
    .optional()
    .openapi({ description: "Units of it that have left. Absent while none has.", example: 1 }),
  cancelledQuantity: z.int().min(1).optional().openapi({
    description: "Units of it that were cancelled after payment and before they left.",
    example: 1,
  }),
  returnedQuantity: z
    .int()
    .min(1)
    .optional()
    .openapi({ description: "Units of it that had left and came back.", example: 1 }),
  backorderedQuantity: z.int().min(0).optional().openapi({
    description:
      "Units of it that were not there at checkout, and have to come first. Absent where its product took no backorders.",
    example: 1,
  }),
};

/** Where an order's units are. */
export const orderPlaceSchema = locationIdSchema.openapi({
  description:
    "Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all.",
});

/** Lines as an order's reservations and events name them. */
export const stockLinesSchema = z
  .array(
    z
      .object({
        sku: skuSchema,
        quantity: unitsSchema,
        allocations: z
          .array(z.object({ locationId: locationIdSchema, quantity: unitsSchema }).openapi("StockAllocation"))
          .optional()
          .openapi({ description: "Where its units are. Absent where all lines are at `locationId`." }),
      })
      .openapi("StockLine"),
  )
  .openapi({ description: "What it is about, one entry a SKU." });

export const orderSchema = z
  .object({
    id: orderIdSchema,
    status: z.enum(orderStatuses).openapi({
      description:
        "PENDING_PAYMENT: its stock is held. CONFIRMED: paid and sold. CANCELLED, EXPIRED: its stock went back. FAILED: paid too late, and the stock had gone.",
      example: "PENDING_PAYMENT",
    }),
    customerId: customerIdSchema.optional(),
    reference: orderReferenceSchema.optional(),
    metadata: metadataSchema.optional(),
    locationId: orderPlaceSchema,
    lines: z
      .array(
        z
          .object({
            sku: skuSchema,
            name: nameSchema.openapi({ description: "As it was at checkout." }),
            quantity: unitsSchema,
            unitPrice: moneySchema.openapi({ description: "As it was at checkout." }),
            ...unitsOfLine,
            releaseAt: instantSchema.optional().openapi({
              description:
                "Of a preorder: the release that its product had at checkout. It leaves no earlier than the product says.",
            }),
            allocations: z
              .array(
                z
                  .object({ locationId: locationIdSchema, quantity: unitsSchema, ...unitsOfLine })
                  .openapi("OrderAllocation"),
              )
              .openapi({ description: "From where its units come, in the order in which they leave by themselves." }),
          })
          .openapi("OrderLine"),
      )
      .openapi({ description: "What was ordered, one line a SKU." }),
    fulfilmentStatus: z.enum(fulfilmentStatuses).openapi({
      description: "NONE: nothing of it has left. PARTIAL: some of it has. FULFILLED: all that was sold.",
      example: "NONE",
    }),
    total: totalSchema.openapi({ description: "The sum of its lines." }),
    orderToken: z.string().optional().openapi({
      description:
        "Only in the answer to an order that a key for `checkout` places: with it as `Order-Token`, the same shopper reads, changes and cancels the order. Keep it as you keep a password.",
      example: "hfo_5OaF0Yt7Qk2Vd1c8mXbNwZr4EuHpLiGsJ6o9ByTfKvA",
    }),
    refundDue: z.int().min(0).optional().openapi({
      description:
        "Minor units that are due back for what was cancelled or returned. Absent while nothing was. What the payment paid is sold, refunded or due.",
      example: 450,
    }),
    refunded: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: "Minor units that went back for what was cancelled or returned.", example: 450 }),
    replaces: orderIdSchema.optional().openapi({ description: "The order whose place it took." }),
    placedAt: instantSchema.openapi({ description: "When it was placed." }),
    endedAt: instantSchema.optional().openapi({ description: "When it was sold, cancelled, expired or failed." }),
    reservation: z
      .object(reservation)
      .openapi("OrderReservation")
      .openapi({ description: "Its latest reservation of stock." }),
    payments: z.array(paymentSchema).openapi({
      description:
        "Every payment that you reported, in the order in which they came. At most one of them sold something.",
    }),
  })
  .openapi("Order");

export const reservationSchema = z
  .object({
    ...reservation,
    orderId: orderIdSchema,
    customerId: customerIdSchema.optional(),
    locationId: orderPlaceSchema,
    lines: stockLinesSchema,
  })
  .openapi("Reservation");
