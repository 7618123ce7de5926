import {
  type Order,
  type OrderStatus,
  orderOfReservation,
  type Read,
  type ReservationId,
  type ReservationStatus,
  Unreadable,
} from "@holdfast/domain";
import { type ReservationRecord, reservationRecordOf } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { listed, presentReservation } from "../present.ts";
import { orderPlace } from "./orders.ts";

/** The orders whose latest hold may have a status. One that was cancelled may have run out before. */
const ordersOf: Readonly<Record<ReservationStatus, readonly OrderStatus[]>> = {
  ACTIVE: ["PENDING_PAYMENT"],
  CONFIRMED: ["CONFIRMED"],
  CANCELLED: ["CANCELLED"],
  EXPIRED: ["EXPIRED", "FAILED", "CANCELLED"],
};

const idPattern = /^res_[0-9A-Z]{26}(-[2-9])?$/;

export function reservationCalls(app: App, { queries, cache }: AppParts): void {
  app.openapi(routes.listReservations, async (c) => {
    const { limit, cursor, status, customerId, sku } = c.req.valid("query");
    const place = cursor === undefined ? undefined : decodeCursor(cursor, orderPlace);
    if (cursor !== undefined && place === undefined) return answerProblem(c, "invalid_cursor");
    const filter = {
      ...(status && { statuses: ordersOf[status], reservationStatus: status }),
      ...(customerId && { customerId }),
      ...(sku && { sku }),
    };
    const page = await queries.orders(filter, { limit: limit + 1, ...(place && { after: place[1] }) });
    const orders = page.slice(0, limit);
    const last = orders.at(-1);
    const data = orders
      .map(latestHoldOf)
      .filter((hold) => hold !== undefined)
      .map(listed(presentReservation));
    return c.json({ data, nextCursor: page.length > limit && last ? encodeCursor(["order", last.id]) : null }, 200);
  });

  app.openapi(routes.readReservation, async (c) => {
    const id = c.req.valid("param").id as ReservationId;
    if (!idPattern.test(id)) return answerProblem(c, "reservation_not_found");
    const cached = await cache.find(id);
    c.header("X-Holdfast-Source", cached ? "cache" : "store");
    if (cached) return c.json(presentReservation(cached), 200);

    const { orderId, attempt } = orderOfReservation(id);
    const order = await queries.order(orderId);
    const record = order && reservationRecordOf(order, attempt);
    if (record === undefined) return answerProblem(c, "reservation_not_found");
    return c.json(presentReservation(record), 200);
  });
}

function latestHoldOf(order: Read<Order>): Read<ReservationRecord> | undefined {
  if (order instanceof Unreadable) return order;
  return reservationRecordOf(order, orderOfReservation(order.reservation.id).attempt);
}
