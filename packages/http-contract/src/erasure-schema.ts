import { z } from "@hono/zod-openapi";

export const erasureSchema = z
  .object({
    orders: z.int().openapi({ description: "Orders in which the id was replaced by this call.", example: 12 }),
    complete: z.boolean().openapi({
      description:
        "Whether no order is left that has it. False after some ten seconds of a long list: send the same request again.",
    }),
  })
  .openapi("Erasure");
