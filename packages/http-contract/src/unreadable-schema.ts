import { recordKinds } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";

/** How every answer shows a record that cannot be read. */
export const unreadableFields = {
  kind: z.enum(recordKinds).openapi({ description: "What kind of record it is.", example: "order" }),
  id: z.string().openapi({
    description:
      "The record's own key; of a `stock_level` and a `tally` `sku@location`, of a `payment` `order@number`.",
    example: "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB",
  }),
  reason: z.string().openapi({ description: "What is wrong with it.", example: "version must be a whole number" }),
};

/** Stands in a list in place of a record that cannot be read. */
export const unreadableSchema = z
  .object({
    unreadable: z.literal(true).openapi({ description: "Tells it from what can be read." }),
    ...unreadableFields,
  })
  .openapi("Unreadable", {
    description: "A stored record that cannot be read: somebody has to mend it. The rest of the list is as ever.",
  });

export const unreadableRecordsSchema = z.array(z.object(unreadableFields).openapi("UnreadableRecord"));
