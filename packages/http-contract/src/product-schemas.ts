import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { policiesChangeSchema, policiesRequestSchema, policiesSchema } from "./policy-schemas.ts";
import { stockLevelSchema, stockNumbers } from "./stock-schemas.ts";
import { instantSchema, moneySchema, nameSchema, skuSchema } from "./value-schemas.ts";

export const productRequestSchema = z
  .strictObject({
    sku: skuSchema,
    name: nameSchema,
    price: moneySchema,
    totalStock: z
      .int()
      .min(0)
      .max(limits.totalStockMax)
      .optional()
      .openapi({ description: "First stock at `main`; none if left out.", example: 12 }),
    policies: policiesRequestSchema.optional(),
  })
  .openapi("ProductRequest");

export const productChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    price: moneySchema.optional(),
    archived: z.boolean().optional().openapi({ description: "`true` takes it off sale, `false` puts it back." }),
    policies: policiesChangeSchema.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must change something")
  .openapi("ProductChange", { minProperties: 1 });

const productLevelSchema = stockLevelSchema
  .extend({
    active: z.boolean().openapi({
      description:
        "Whether its location is. Where it is not, nothing new is promised: `availableStock` says what could be if it were.",
      example: true,
    }),
  })
  .openapi("ProductStockLevel", { description: "A product's numbers at one location." });

export const productSchema = z
  .object({
    sku: skuSchema,
    name: nameSchema,
    price: moneySchema,
    createdAt: instantSchema.openapi({ description: "When it was created." }),
    archived: z.boolean().openapi({ description: "Whether it is off sale.", example: false }),
    archivedAt: instantSchema.optional().openapi({ description: "Since when it is off sale." }),
    policies: policiesSchema.optional().openapi({ description: "Its own rules of sale. Absent: it has none." }),
    ...stockNumbers,
    availableStock: z.int().openapi({
      description:
        "What an order that names no location can still get of what is there: at the locations that are active. Below zero where none is there and units are owed, on backorder or after a loss that was booked with `acceptShortage`. The other numbers count all locations.",
      example: 7,
    }),
    levels: z
      .array(productLevelSchema)
      .openapi({ description: "The same numbers, location by location, closed ones too." }),
  })
  .openapi("Product");
