import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { instantSchema, requestInstantSchema } from "./value-schemas.ts";

const quantity = z
  .int()
  .min(1)
  .max(limits.lineQuantityMax * limits.cartLinesMax);

const hold = z.int().min(limits.holdSecondsMin).max(limits.holdSecondsMax);

const releaseDescription =
  "A preorder: it is sold before this instant, and its units leave from then on. Orders keep the release they were placed with; the product's own says when they may leave.";

const purchaseLimitFields = {
  quantity: z.int().min(1).max(limits.purchaseQuantityMax).openapi({ description: "Units of it.", example: 2 }),
  windowSeconds: z
    .int()
    .min(1)
    .max(limits.purchaseWindowSecondsMax)
    .openapi({ description: "Seconds before an order in which units count.", example: 86_400 }),
};

const purchaseLimit = z.strictObject(purchaseLimitFields).openapi("PurchaseLimit");

const policies = {
  purchaseLimit: purchaseLimit.openapi({
    description:
      "How many units of it one customer may buy within a time: what is held, and what is sold and neither cancelled nor returned. Orders of it need a `customerId`, so keys for `checkout` cannot place them. Counts orders from when it was set.",
  }),
  backorderLimit: z.int().min(1).max(limits.totalStockMax).openapi({
    description:
      "Units that may be promised beyond what is there, at each place that has stock of it: `availableStock` of a level goes down to as many below zero. They leave once they have come.",
    example: 20,
  }),
  minimumQuantity: quantity.openapi({ description: "The fewest units of it in one order.", example: 6 }),
  maximumQuantity: quantity.openapi({ description: "The most units of it in one order.", example: 24 }),
  quantityMultiple: quantity.openapi({
    description: "The quantity in an order must be a multiple of this: a crate of six.",
    example: 6,
  }),
  holdSeconds: hold.openapi({
    description:
      "How long an order is held that names no `holdSeconds`, in place of HOLD_SECONDS. A cart of several products takes the shortest.",
    example: 900,
  }),
  holdSecondsMax: hold.openapi({
    description:
      "The most that an order of it may be held, extensions included. A cart of several products takes the shortest.",
    example: 3600,
  }),
};

const note = "A product's own rules of sale. Each that is absent sets no bound.";

/** Some that go together. */
const example = { maximumQuantity: 10, backorderLimit: 20 };

/** Policies in answers. */
export const policiesSchema = z
  .object({ ...policies, releaseAt: instantSchema.openapi({ description: releaseDescription }) })
  .partial()
  .openapi("ProductPolicies", { description: note, example });

/** Policies of a new product. */
export const policiesRequestSchema = z
  .strictObject({ ...policies, releaseAt: requestInstantSchema.openapi({ description: releaseDescription }) })
  .partial()
  .openapi("ProductPoliciesRequest", { description: note, example });

/** Policies to change. */
export const policiesChangeSchema = z
  .strictObject({
    backorderLimit: policies.backorderLimit.nullable(),
    purchaseLimit: z
      .strictObject(purchaseLimitFields)
      .nullable()
      .openapi("PurchaseLimitChange", { description: "How many units of it one customer may buy within a time." }),
    minimumQuantity: policies.minimumQuantity.nullable(),
    maximumQuantity: policies.maximumQuantity.nullable(),
    quantityMultiple: policies.quantityMultiple.nullable(),
    holdSeconds: policies.holdSeconds.nullable(),
    holdSecondsMax: policies.holdSecondsMax.nullable(),
    releaseAt: requestInstantSchema.nullable().openapi({ type: ["string", "null"], description: releaseDescription }),
  })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must change something")
  .openapi("ProductPoliciesChange", {
    description: "What is left out stays; `null` takes a policy away.",
    minProperties: 1,
    example,
  });
