import { orderStatuses } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { soleLevelSchema } from "./stock-schemas.ts";
import { customerIdSchema, instantSchema, orderIdSchema, transferIdSchema } from "./value-schemas.ts";

const shortOrderSchema = z
  .object({
    orderId: orderIdSchema,
    status: z.enum(orderStatuses).openapi({ description: "PENDING_PAYMENT: reserved. CONFIRMED: sold." }),
    customerId: customerIdSchema.optional(),
    placedAt: instantSchema.openapi({ description: "When it was placed." }),
    promised: z
      .int()
      .openapi({ description: "Units that the level has promised it and that have yet to leave.", example: 3 }),
    short: z.int().openapi({ description: "Those of them that are not there.", example: 2 }),
  })
  .openapi("ShortOrder");

const shortTransferSchema = z
  .object({
    transferId: transferIdSchema,
    reserved: z.int().openapi({ description: "Units that the level has reserved for it.", example: 3 }),
    short: z.int().openapi({ description: "Those of them that are not there.", example: 2 }),
  })
  .openapi("ShortTransfer");

export const shortageSchema = z
  .object({
    level: soleLevelSchema.openapi({ description: "The level. Its `shortStock` is what is promised and not there." }),
    orders: z.array(shortOrderSchema).openapi({
      description: "The orders that lack it, the oldest promise first: what is there goes to older ones.",
    }),
    transfers: z.array(shortTransferSchema).openapi({
      description:
        "Transfers that have yet to leave it and lack it first, the newest first: orders come before them. Cancel some, or stock the level up.",
    }),
    complete: z
      .boolean()
      .openapi({ description: "Whether these are all of them: of a long list the newest are named." }),
  })
  .openapi("Shortage");
