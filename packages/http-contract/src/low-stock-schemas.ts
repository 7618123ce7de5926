import { z } from "@hono/zod-openapi";
import { soleLevelSchema } from "./stock-schemas.ts";
import { instantSchema } from "./value-schemas.ts";

export const lowStockSchema = z
  .object({
    level: soleLevelSchema.openapi({ description: "The level, with its threshold and what is available." }),
    soldUnits: z.int().openapi({
      description: "Units of orders that were paid, with what was cancelled or came back later: what was asked for.",
      example: 42,
    }),
    soldSince: instantSchema.openapi({
      description:
        "From when on they are counted: `days` ago, or the SKU's first order, or the oldest of its newest 2,000 orders, whichever is latest.",
    }),
    daysOfCover: z.number().optional().openapi({
      description: "Days that what is available lasts at that rate. Absent: nothing was sold.",
      example: 2.5,
    }),
  })
  .openapi("LowStock");
