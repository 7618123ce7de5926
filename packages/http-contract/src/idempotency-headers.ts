import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";

/** The headers of a call that creates: its key makes a repeat harmless. */
export const idempotencyHeaders = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(limits.idempotencyKeyLengthMax)
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
    .optional()
    .openapi({
      description:
        "Send the same request again with the same key, and it happens once; a replay answers the same body.",
      example: "checkout-8f14e45f",
    }),
});
