import {
  type OrderStatus,
  orderOfReservation,
  type Read,
  type ReservationId,
  type ReservationStatus,
  type ShownOrder,
} from "@holdfast/domain";
import { type ReservationRecord, reservationRecordOf, type UnreadableOrder } from "@holdfast/engine";
import { reservationSchema, routes } from "@holdfast/http-contract";
import { addHeader } from "../answer.ts";
import { answerPage, readPage } from "../answer-page.ts";
import { answerProblem } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { stockView } from "../order-view.ts";
import { orderPlace } from "./orders.ts";

/** The orders whose latest reservation may have a status. One that was cancelled may have run out before. */
const ordersOf: Readonly<Record<ReservationStatus, readonly OrderStatus[]>> = {
  ACTIVE: ["PENDING_PAYMENT"],
  CONFIRMED: ["CONFIRMED"],
  CANCELLED: ["CANCELLED"],
  EXPIRED: ["EXPIRED", "FAILED", "CANCELLED"],
};

const idPattern = /^res_[0-9A-Z]{26}(-[2-9])?$/;

export function reservationCalls(app: App, { queries, cache }: AppParts): void {
  app.openapi(routes.listReservations, async (c) => {
    const { status, customerId, sku, ...paging } = c.req.valid("query");
    const filter = {
      ...(status && { statuses: ordersOf[status], reservationStatus: status }),
      ...(customerId && { customerId }),
      ...(sku && { sku }),
    };
    const page = await readPage(paging, {
      place: orderPlace,
      read: (each) => queries.orders(filter, each),
      placeOf: ({ id }) => ["order", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    const items = page.items.map(latestReservationOf).filter((reservation) => reservation !== undefined);
    return answerPage(c, routes.listReservations, { ...page, items }, stockView);
  });

  app.openapi(routes.readReservation, async (c) => {
    const id = c.req.valid("param").id as ReservationId;
    if (!idPattern.test(id)) return answerProblem(c, "reservation_not_found");
    const cached = await cache.find(id);
    addHeader(c, "X-Holdfast-Source", cached ? "cache" : "store");
    if (cached) return answerTagged(c, reservationSchema, stockView(cached), stateOf(cached));

    const { orderId, attempt } = orderOfReservation(id);
    const order = await queries.order(orderId);
    const record = order && reservationRecordOf(order, attempt);
    if (record === undefined) return answerProblem(c, "reservation_not_found");
    return answerTagged(c, reservationSchema, stockView(record), stateOf(record));
  });
}

/** All that ever changes of a reservation. */
function stateOf({ status, expiresAt }: ReservationRecord): string {
  return `${status}-${expiresAt}`;
}

function latestReservationOf(order: ShownOrder | UnreadableOrder): Read<ReservationRecord> | undefined {
  if ("unreadable" in order) return order.unreadable;
  return reservationRecordOf(order, orderOfReservation(order.reservation.id).attempt);
}
