import { allowing, backordersFault } from "./backorder.ts";
import { assert } from "./bug.ts";
import type { EventRow } from "./event-row.ts";
import type { OrderEvent } from "./events.ts";
import { movedTo } from "./held-anew.ts";
import { type Instant, reservationIdOf } from "./ids.ts";
import type { Order, OrderStatus } from "./order.ts";
import { type AtPlaces, placeOf } from "./order-places.ts";
import {
  countsAfter,
  type Payment,
  type PaymentOutcome,
  paymentAfter,
  paymentFault,
  paymentOf,
  paymentsOf,
  type ReportedPayment,
} from "./payment.ts";
import type { Reservation, ReservationStatus } from "./reservation.ts";
import type { LevelChange, StockFigures } from "./stock-level.ts";
import { type Fields, isInstant, isText, isTextIfThere, mustBeInstant, mustBeText } from "./stored/field-checks.ts";
import { linesFault, placesFault } from "./stored/read-order.ts";

/** What a payment was and becomes. `from` left out: it is new. */
interface PaymentStep {
  readonly from?: PaymentOutcome;
  readonly to: PaymentOutcome;
}

/** One step of an order's life, as one row. */
type OrderStep<E extends OrderEvent> = {
  /** What the ledger says of it. */
  readonly reason: string;
  readonly from: readonly OrderStatus[];
  /** Left out: the status stays. */
  readonly to?: OrderStatus;
  /** What each unit of its lines moves. Left out: nothing. */
  readonly perUnit?: Partial<StockFigures>;
  /** How its reservation ends. `AGAIN`: a second one, sold in the same instant. Left out: it stays as it is. */
  readonly reservation?: Exclude<ReservationStatus, "ACTIVE"> | "AGAIN";
  /** Whether the order has its end from it: `endedAt`. */
  readonly ends?: true;
} & (E extends { readonly payment: ReportedPayment }
  ? { readonly payment: PaymentStep }
  : { readonly payment?: never }) &
  (E extends { readonly at: Instant } ? { readonly at: true } : { readonly at?: never });

/** An order's event, derived from its row. */
export function orderStep<E extends OrderEvent & { readonly type: string }>(step: OrderStep<E>): EventRow<E> {
  return {
    // A second reservation is sold in the same instant, so it is never active.
    ...(step.reservation !== undefined && step.reservation !== "AGAIN" && { reservation: "ends" as const }),
    changes: (tables, event) => {
      const order = tables.orders.get(event.orderId);
      assert(order !== undefined, `${event.type}: there is no order ${event.orderId}`);
      if (!("payment" in event)) return { orders: [orderAfter(order, step, event)] };
      const reported = event.payment as ReportedPayment;
      const before = paymentOf(paymentsOf(order, tables), reported.reference);
      return {
        orders: [orderAfter(order, step, event, before)],
        payments: [paymentAfter(order, before, reported)],
      };
    },
    moves: (event) => allowing(moveLines(event as OrderEvent, step.perUnit), event.backorders),
    cause: ({ actor, orderId }) => ({ reason: step.reason, actor, orderId }),
    fault: (record) =>
      orderEventFault(record) ??
      (step.payment && paymentFault(record["payment"])) ??
      (step.at && !isInstant(record["at"]) ? `at ${mustBeInstant}` : undefined),
  };
}

/** `before`: what its event's payment was; left out, it is new. */
function orderAfter(
  order: Order,
  step: OrderStep<OrderEvent>,
  event: OrderEvent & { readonly type: string },
  before?: Payment,
): Order {
  const { payment, at = payment?.at } = event as { readonly payment?: ReportedPayment; readonly at?: Instant };
  assert(step.from.includes(order.status), `${event.type}: ${order.id} is ${order.status}`);
  if (payment !== undefined) expectPayment(event, step.payment as PaymentStep | undefined, before, payment);
  return {
    ...(step.reservation === "AGAIN" ? movedTo(order, event) : order),
    version: order.version + 1,
    status: step.to ?? order.status,
    reservation: reservationAfter(order, step.reservation, at),
    paymentCounts:
      payment === undefined ? order.paymentCounts : countsAfter(order.paymentCounts, before?.outcome, payment.outcome),
    ...(step.ends && at !== undefined && { endedAt: at }),
  };
}

function expectPayment(
  { type, orderId }: OrderEvent & { readonly type: string },
  step: PaymentStep | undefined,
  before: Payment | undefined,
  after: ReportedPayment,
): void {
  assert(after.outcome === step?.to, `${type}: a payment of ${orderId} becomes ${after.outcome}`);
  assert(before?.outcome === step.from, `${type}: a payment of ${orderId} is ${before?.outcome ?? "new"}`);
}

function reservationAfter(
  { id, reservation }: Order,
  becomes: OrderStep<OrderEvent>["reservation"],
  at: Instant | undefined,
): Reservation {
  if (becomes === undefined) return reservation;
  if (becomes !== "AGAIN") return { ...reservation, status: becomes };
  assert(at !== undefined, `${id} is held again at no instant`);
  return { id: reservationIdOf(id, 2), status: "CONFIRMED", expiresAt: at };
}

/** `perUnit` times the quantity of each line. */
export function moveLines(of: AtPlaces, perUnit: Partial<StockFigures> | undefined): LevelChange[] {
  if (perUnit === undefined) return [];
  const { totalStock = 0, reservedStock = 0, committedStock = 0 } = perUnit;
  return of.lines.map((line) => ({
    sku: line.sku,
    locationId: placeOf(line, of),
    totalStock: totalStock * line.quantity,
    reservedStock: reservedStock * line.quantity,
    committedStock: committedStock * line.quantity,
  }));
}

/** What is wrong with what every event of an order says. */
export function orderEventFault(record: Fields): string | undefined {
  if (!isText(record["orderId"])) return `orderId ${mustBeText}`;
  if (!isTextIfThere(record["reference"])) return `reference ${mustBeText}`;
  return placesFault(record) ?? linesFault(record["lines"], false) ?? backordersFault(record["backorders"]);
}
