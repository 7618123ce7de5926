import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { locationIdSchema, nameSchema } from "./value-schemas.ts";

const name = nameSchema.openapi({ description: "1 to 255 characters, for people.", example: "Warehouse Berlin" });

const priority = z.int().min(0).max(limits.priorityMax).openapi({
  description:
    "Of two places the one with the lower number promises first; of two that have the same, the first by id.",
  example: 1,
});

const active = z.boolean().openapi({
  description:
    "Whether anything new is promised there. What was promised before is confirmed, shipped and returned as ever.",
  example: true,
});

export const locationRequestSchema = z
  .strictObject({
    id: locationIdSchema,
    name,
    priority: priority.default(0),
    active: active.default(true),
  })
  .openapi("LocationRequest");

export const locationChangeSchema = z
  .strictObject({ name: name.optional(), priority: priority.optional(), active: active.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must change something")
  .openapi("LocationChange", { minProperties: 1 });

export const locationSchema = z.object({ id: locationIdSchema, name, priority, active }).openapi("Location");
