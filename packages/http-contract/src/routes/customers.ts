import { z } from "@hono/zod-openapi";
import { createRoute, json } from "../create-route.ts";
import { erasureSchema } from "../erasure-schema.ts";
import { customerIdSchema } from "../value-schemas.ts";

export const eraseCustomer = createRoute({
  operationId: "customers.erase",
  method: "delete",
  path: "/v1/customers/{id}",
  tags: ["Orders"],
  summary: "Erase a customer: a pseudonym takes the place of the id in every order",
  description:
    "Orders, stock and money stay as they are, and live reservations go on, counted for the pseudonym. The pseudonym is made up at random, and nothing leads back from it. The feed says `CustomerErased` of each order. Sent again it does what is left, and nothing where that is none. Orders that are placed with the id afterwards are new ones.",
  sentAgain: "orders that were placed with the id since are erased, too.",
  scope: "admin",
  request: { params: z.object({ id: customerIdSchema }) },
  responses: { 200: json(erasureSchema, "How many orders, and whether it is done.") },
});
