import { reservationStatuses } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { createRoute, json } from "../create-route.ts";
import { reservationSchema } from "../order-schemas.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { customerIdSchema, skuSchema } from "../value-schemas.ts";

export const listReservations = createRoute({
  operationId: "reservations.list",
  method: "get",
  path: "/v1/reservations",
  tags: ["Reservations"],
  summary: "List the latest reservation of each order, newest first",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      status: z.enum(reservationStatuses).optional().openapi({ description: "Of this status." }),
      customerId: customerIdSchema.optional(),
      sku: skuSchema.optional(),
      ...pagingQuery,
    }),
  },
  responses: { 200: json(pageOf("Reservation", reservationSchema), "A page.") },
});

export const readReservation = createRoute({
  operationId: "reservations.read",
  method: "get",
  path: "/v1/reservations/{id}",
  tags: ["Reservations"],
  summary: "Read a reservation",
  description: "While it lives the answer may come from the cache; `X-Holdfast-Source` says `cache` or `store`.",
  scope: "orders:read",
  request: { params: z.object({ id: z.string().max(64).openapi({ description: "The reservation's id." }) }) },
  problems: ["reservation_not_found"],
  responses: { 200: json(reservationSchema, "The reservation.") },
});
