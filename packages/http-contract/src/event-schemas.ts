import { z } from "@hono/zod-openapi";
import { adjustmentFields } from "./adjustment-schemas.ts";
import { fulfilmentSchema } from "./fulfilment-schemas.ts";
import { orderPlaceSchema, paymentSchema, stockLinesSchema } from "./order-schemas.ts";
import { policiesSchema } from "./policy-schemas.ts";
import { repaymentSchema, reversalSchema } from "./reversal-schemas.ts";
import { figures, levelSettings, stockLevelSchema } from "./stock-schemas.ts";
import { lossReasonSchema, receiptSchema, transferLineSchema, transferPlaces } from "./transfer-schemas.ts";
import { unreadableFields } from "./unreadable-schema.ts";
import {
  customerIdSchema,
  instantSchema,
  locationIdSchema,
  metadataSchema,
  moneySchema,
  nameSchema,
  noteSchema,
  orderIdSchema,
  orderReferenceSchema,
  paymentReferenceSchema,
  skuSchema,
  totalSchema,
  transferIdSchema,
} from "./value-schemas.ts";

const anyEvent = {
  position: z.int().min(1).openapi({ description: "Of the commit: 1, 2, 3 ... without a gap.", example: 42 }),
  index: z.int().min(0).openapi({ description: "Within the commit: 0, 1, 2 ...", example: 0 }),
  at: instantSchema.openapi({ description: "When it happened." }),
  actor: z.string().openapi({ description: "An API key's name, or `worker`.", example: "checkout" }),
};

const orderEvent = {
  ...anyEvent,
  orderId: orderIdSchema,
  locationId: orderPlaceSchema,
  lines: stockLinesSchema,
  reference: orderReferenceSchema.optional(),
};

const transferEvent = {
  ...anyEvent,
  transferId: transferIdSchema,
  ...transferPlaces,
  lines: z.array(transferLineSchema).openapi({ description: "The units that it moves." }),
};

const locationEvent = {
  ...anyEvent,
  locationId: locationIdSchema,
  version: z.int().openapi({ description: "Counts the location's changes: 1 when it was created.", example: 2 }),
  name: nameSchema,
  priority: z.int().openapi({ description: "Of two places the one with the lower number promises first." }),
  active: z.boolean().openapi({ description: "Whether anything new is promised there." }),
};

const stockAlert = {
  ...anyEvent,
  sku: skuSchema,
  locationId: locationIdSchema,
  availableStock: z.int().openapi({ description: "Units that can still be promised, then." }),
  lowStockThreshold: z.int().openapi({ description: "At how few available units the level is low, then." }),
};

function event<Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  description: string,
  name: string = type,
) {
  return z
    .object({ type: z.literal(type).openapi({ description: "What happened." }), ...fields })
    .openapi(name, { description });
}

/** Everything that the feed can tell, by `type`. Later versions add types and fields, and take none away. */
export const eventSchema = z
  .discriminatedUnion("type", [
    event(
      "ProductCreated",
      { ...anyEvent, sku: skuSchema },
      "A product was created. Its stock comes as StockAdjusted.",
    ),
    event(
      "ProductChanged",
      {
        ...anyEvent,
        sku: skuSchema,
        version: z.int().openapi({ description: "Counts the product's changes: 1 when it was created.", example: 2 }),
        name: nameSchema,
        price: moneySchema,
        archived: z.boolean().openapi({ description: "Whether it is off sale." }),
        policies: policiesSchema.optional().openapi({ description: "Its own rules of sale, where it has some." }),
      },
      "A product was changed: all of it as it is now.",
    ),
    event("LocationCreated", locationEvent, "A place that holds stock was opened."),
    event("LocationChanged", locationEvent, "A location was changed: all of it as it is now."),
    event(
      "StockAdjusted",
      {
        ...anyEvent,
        adjustmentId: z
          .string()
          .openapi({ description: "The adjustment's id.", example: "adj_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
        sku: skuSchema,
        locationId: locationIdSchema,
        ...adjustmentFields,
        level: stockLevelSchema.openapi({ description: "The level right after it." }),
      },
      "Stock was counted up or down, or its condition changed.",
    ),
    event(
      "LevelChanged",
      { ...anyEvent, sku: skuSchema, locationId: locationIdSchema, ...levelSettings },
      "What is kept back of a level, or when it is low, was set.",
    ),
    event("StockLow", stockAlert, "No more units are available than the level's threshold."),
    event("StockOut", stockAlert, "No unit is available, of a level with a threshold."),
    event(
      "StockBack",
      stockAlert,
      "A level that was low or out is so no more; one that was out may still be low. Comes when that lasts: not for what expires in a rush.",
    ),
    event(
      "Unreadable",
      { position: anyEvent.position, index: anyEvent.index, ...unreadableFields },
      "Stands once in place of the events of a commit whose journal entry cannot be read. Read the orders that you know of anew.",
      // A list's `Unreadable` is another thing.
      "UnreadableEvent",
    ),
    event("OrderPlaced", { ...orderEvent, metadata: metadataSchema.optional() }, "The lines are held."),
    event(
      "OrderChanged",
      {
        ...orderEvent,
        version: z.int().openapi({ description: "Counts the order's changes: 1 when it was placed.", example: 2 }),
        metadata: metadataSchema.optional(),
      },
      "The shop wrote another reference or other metadata on it: all of them as they are now.",
    ),
    event(
      "OrderLinesChanged",
      {
        ...orderEvent,
        linesBefore: stockLinesSchema.openapi({
          description:
            "What it was about before, one entry a SKU. `allocations` say from where, unless all was and is at `locationId`.",
        }),
        version: z.int().openapi({ description: "Counts the order's changes: 1 when it was placed.", example: 2 }),
        total: totalSchema.openapi({ description: "The sum of its lines now." }),
      },
      "The order has these lines now: what is more is held, what is less is free again.",
    ),
    event(
      "OrderExtended",
      {
        ...orderEvent,
        expiresAt: instantSchema.openapi({ description: "Until when the lines are held now." }),
        paymentReference: paymentReferenceSchema.optional().openapi({ description: "The payment that is under way." }),
      },
      "The lines are held longer.",
    ),
    event(
      "CustomerErased",
      { ...orderEvent, customerId: customerIdSchema.openapi({ description: "The pseudonym in place of the id." }) },
      "The order's customer is known no more: do the same with what you keep of it.",
    ),
    event("OrderConfirmed", { ...orderEvent, payment: paymentSchema }, "Paid in time: the lines are sold."),
    event("OrderCancelled", orderEvent, "The lines are free again."),
    event("OrderExpired", orderEvent, "The reservation ran out: the lines are free again."),
    event("LatePaymentAccepted", { ...orderEvent, payment: paymentSchema }, "Paid late: held anew and sold."),
    event("LatePaymentRefused", { ...orderEvent, payment: paymentSchema }, "Paid late, and sold out: refund it."),
    event("LatePaymentReferred", { ...orderEvent, payment: paymentSchema }, "Paid late, and sold out: review it."),
    event("LatePaymentApproved", { ...orderEvent, payment: paymentSchema }, "Reviewed: held anew and sold."),
    event("LatePaymentRejected", { ...orderEvent, payment: paymentSchema }, "Reviewed: refund it."),
    event("ExpiredOrderCancelled", orderEvent, "The shopper gave up an order whose reservation had run out."),
    event(
      "SurplusPaymentRecorded",
      { ...orderEvent, payment: paymentSchema },
      "Paid after a cancel, or again: refund it.",
    ),
    event("PaymentRefunded", { ...orderEvent, payment: paymentSchema }, "The money of a payment went back."),
    event(
      "OrderFulfilled",
      { ...anyEvent, fulfilment: fulfilmentSchema.openapi({ description: "The fulfilment." }) },
      "Units of a sold order have left.",
    ),
    event(
      "SaleReversed",
      { ...anyEvent, reversal: reversalSchema.openapi({ description: "What was given up." }) },
      "Units of a sold order were cancelled, or came back.",
    ),
    event("TransferCreated", transferEvent, "Units are set aside to be sent, or expected from a supplier."),
    event("TransferShipped", transferEvent, "Units have left their place, and are on their way to another one."),
    event(
      "TransferReceived",
      { ...anyEvent, receipt: receiptSchema.openapi({ description: "What has arrived." }) },
      "Units of a transfer have arrived.",
    ),
    event(
      "TransferClosed",
      { ...transferEvent, lossReason: lossReasonSchema, note: noteSchema.optional() },
      "Units of a transfer were lost on their way.",
    ),
    event(
      "TransferCancelled",
      {
        ...transferEvent,
        wasInTransit: z.boolean().openapi({
          description: "Whether they had left. Then they are back at their place, or the supplier sends them no more.",
        }),
      },
      "Units of a transfer are sent no more.",
    ),
    event(
      "RepaymentRecorded",
      { ...anyEvent, repayment: repaymentSchema.openapi({ description: "The repayment." }) },
      "Money went back for what was cancelled or returned.",
    ),
    event(
      "StockCorrected",
      {
        ...anyEvent,
        correctionId: z
          .string()
          .openapi({ description: "The correction's id.", example: "cor_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
        sku: skuSchema,
        locationId: locationIdSchema,
        reason: z.string().openapi({ description: "The reviewer's own words." }),
        change: figures.openapi({ description: "By how much each counter was set right." }),
        level: stockLevelSchema.openapi({ description: "The level right after it." }),
      },
      "A level that did not add up was set right.",
    ),
  ])
  .openapi("Event", {
    example: {
      type: "OrderPlaced",
      position: 42,
      index: 0,
      at: "2026-11-22T18:00:00.000Z",
      actor: "checkout",
      orderId: "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB",
      locationId: "main",
      lines: [{ sku: "tea-green", quantity: 2 }],
    },
  });

/** `nextCursor` is never null: the end of the feed is only where it has come to by now. */
export const eventPageSchema = z
  .object({
    data: z.array(eventSchema).openapi({ description: "Oldest first, at most `limit`." }),
    nextCursor: z.string().openapi({ description: "Where to go on, now or later: keep it." }),
  })
  .openapi("EventPage");
