import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { currencySchema } from "./text-schemas.ts";

export const moneySchema = z
  .strictObject({
    amount: z.int().min(0).max(limits.amountMax).openapi({
      description: "Whole minor units: cents of EUR, yen of JPY, fils (a thousandth) of KWD, as ISO 4217 has them.",
      example: 450,
    }),
    currency: currencySchema,
  })
  .openapi("Price", { description: "What one unit costs." });

/** A sum of prices: it may pass the bound of one price. */
export const totalSchema = z
  .object({
    amount: z.int().min(0).max(limits.totalAmountMax).openapi({
      description: "Whole minor units (cents). Exact: an order that would cost more is refused.",
      example: 900,
    }),
    currency: currencySchema,
  })
  .openapi("Total", { description: "A sum of prices." });
