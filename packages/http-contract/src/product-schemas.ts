import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
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
  })
  .openapi("ProductRequest");

export const productSchema = z
  .object({
    sku: skuSchema,
    name: nameSchema,
    price: moneySchema,
    createdAt: instantSchema.openapi({ description: "When it was created." }),
    ...stockNumbers,
    levels: z.array(stockLevelSchema).openapi({ description: "The same numbers, location by location." }),
  })
  .openapi("Product");
