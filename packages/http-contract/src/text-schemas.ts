import {
  type CustomerId,
  isCurrency,
  type LocationId,
  limits,
  type OrderId,
  type Sku,
  slugPattern,
} from "@holdfast/domain";
import { z } from "@hono/zod-openapi";

/** Text a person may read: no control characters, no broken Unicode, bounded. */
function plainText(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "must not hold control characters");
}

export const skuSchema = z
  .string()
  .min(1)
  .max(limits.skuLengthMax)
  .regex(slugPattern, "must be letters, digits and . _ ~ - only, a letter or digit first")
  .transform((text) => text as Sku)
  .openapi({ type: "string", description: "The product's own key, chosen by you.", example: "tea-green" });

export const locationIdSchema = z
  .string()
  .min(1)
  .max(limits.locationIdLengthMax)
  .regex(slugPattern, "must be letters, digits and . _ ~ - only, a letter or digit first")
  .transform((text) => text as LocationId)
  .openapi({ type: "string", description: "A place that holds stock. `main` exists from the start.", example: "main" });

export const customerIdSchema = plainText(limits.customerIdLengthMax)
  .min(1)
  .transform((text) => text as CustomerId)
  .openapi({ type: "string", description: "Your own name for the shopper.", example: "cus-4711" });

export const orderIdSchema = z
  .string()
  .max(64)
  .transform((text) => text as OrderId)
  .openapi({ type: "string", example: "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" });

export const nameSchema = plainText(limits.nameLengthMax)
  .trim()
  .min(limits.nameLengthMin)
  .openapi({ description: "2 to 120 characters.", example: "Green tea, 100 g" });

export const referenceSchema = plainText(limits.referenceLengthMax)
  .min(1)
  .openapi({ description: "Your own id for the cause.", example: "delivery-note-311" });

export const currencySchema = z
  .string()
  .refine(isCurrency, "must be an ISO 4217 code such as EUR")
  .openapi({ description: "ISO 4217 code.", example: "EUR" });

/** An instant in answers: ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime().openapi({ example: "2026-11-22T18:00:00.000Z" });
