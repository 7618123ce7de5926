import type { AllocationPolicy } from "./allocation.ts";
import type { StockLine } from "./cart.ts";
import type { Claim } from "./claim.ts";
import { type Actor, type CustomerId, type Instant, type LocationId, type OrderId, reservationIdOf } from "./ids.ts";
import type { Money } from "./money.ts";
import { detailsOf, type OrderDetails } from "./order-details.ts";
import type { AtPlaces } from "./order-places.ts";
import type { PaymentCounts } from "./payment.ts";
import type { Reservation } from "./reservation.ts";

export const orderStatuses = ["PENDING_PAYMENT", "CONFIRMED", "CANCELLED", "EXPIRED", "FAILED"] as const;

/**
 * `PENDING_PAYMENT` while its reservation is active; then `CONFIRMED` (paid), `CANCELLED` (given back) or `EXPIRED` (the reservation ran
 * out). An EXPIRED order can still be paid, or cancelled. `FAILED`: it was paid after the reservation ran out and its stock had
 * gone, so the money is due back, or a person has to decide.
 */
export type OrderStatus = (typeof orderStatuses)[number];

export const fulfilmentStatuses = ["NONE", "PARTIAL", "FULFILLED"] as const;

/** How much of a sold order has left: nothing, some of it, or all. */
export type FulfilmentStatus = (typeof fulfilmentStatuses)[number];

/** One line of an order. Name and price are as they were at checkout. */
export interface OrderLine extends StockLine {
  readonly name: string;
  readonly unitPrice: Money;
  /** Units of it that have left, once some have. */
  readonly fulfilledQuantity?: number;
  /** Units of it that were cancelled after they were sold and before they left. */
  readonly cancelledQuantity?: number;
  /** Units of it that have left and come back. */
  readonly returnedQuantity?: number;
  /** Units of it that were not there at checkout. Left out: its product took no backorders then. */
  readonly backorderedQuantity?: number;
  /** Within how many seconds it counts towards its product's purchase limit. Left out: it counts towards none. */
  readonly purchaseWindowSeconds?: number;
  /** Of a preorder: the release that its product had at checkout. */
  readonly releaseAt?: Instant;
}

/** Units of a line of a sold order that have yet to leave. */
export function openQuantity({ quantity, fulfilledQuantity = 0, cancelledQuantity = 0 }: OrderLine): number {
  return quantity - fulfilledQuantity - cancelledQuantity;
}

/** Units of a line that have left and not come back. */
export function outsideQuantity({ fulfilledQuantity = 0, returnedQuantity = 0 }: OrderLine): number {
  return fulfilledQuantity - returnedQuantity;
}

/** How far the lines of a sold order are fulfilled. What was cancelled need not leave. */
export function fulfilmentStatusOf(lines: readonly OrderLine[]): FulfilmentStatus {
  if (lines.every(({ fulfilledQuantity = 0 }) => fulfilledQuantity === 0)) return "NONE";
  return lines.every((line) => openQuantity(line) === 0) ? "FULFILLED" : "PARTIAL";
}

/** What an order was placed with, as far as it has changed since. */
export interface FirstOrder {
  /** Without what it was placed without. */
  readonly details?: OrderDetails;
  /** Its place is left out where each line names one and, of a cart that was kept before carts had places, where the order's is meant. */
  readonly cart?: AtPlaces<OrderLine> & Pick<Order, "total" | "allocatedBy">;
}

export interface Order extends OrderDetails {
  readonly id: OrderId;
  /** 1 when placed; one more at each change. */
  readonly version: number;
  readonly status: OrderStatus;
  readonly customerId?: CustomerId;
  /** From where all its units come. Left out: each line names its own place, see `AtPlaces`. */
  readonly locationId?: LocationId;
  readonly lines: readonly OrderLine[];
  /** By which policy its units were taken, where that had a choice: a late payment takes them by it again. */
  readonly allocatedBy?: AllocationPolicy;
  /** Its units where they were first, once a late payment has taken them elsewhere: what a replay of its placing answers. */
  readonly firstPlaces?: AtPlaces<OrderLine>;
  readonly total: Money;
  readonly placedAt: Instant;
  readonly holdSeconds: number;
  /** The most that its products let it be held, extensions included. Left out: they do not say. */
  readonly holdSecondsMax?: number;
  /** The latest reservation. Only a late payment gives an order a second one. */
  readonly reservation: Reservation;
  /** The end that its first reservation was given later, where it was extended. */
  readonly extendedTo?: Instant;
  /** Of its payments, which are kept apart: the order grows by none of them. */
  readonly paymentCounts: PaymentCounts;
  /** How far it has been fulfilled, once something has left. Its fulfilments are kept apart. */
  readonly fulfilmentStatus?: FulfilmentStatus;
  /** Minor units that are due back for what was cancelled or returned, once something was. */
  readonly refundDue?: number;
  /** Minor units that went back for it. */
  readonly refunded?: number;
  /** When it was confirmed, cancelled, expired or failed. */
  readonly endedAt?: Instant;
  /** The order whose place it took when it was placed. */
  readonly replaces?: OrderId;
  /** What a replay of its placing answers. Left out: what it is now. */
  readonly first?: FirstOrder;
  readonly claim?: Claim;
  /** The API key whose bound on held units this order counts against, where there is one. */
  readonly countsAgainst?: Actor;
}

/** The instant at which the reservation an order was placed with ends. */
export function firstExpiry(order: Pick<Order, "placedAt" | "holdSeconds">): Instant {
  return (order.placedAt + order.holdSeconds * 1000) as Instant;
}

/** The order as it was at the moment it was placed: what a replay of its creation answers. */
export function asPlaced(order: Order): Order {
  const {
    endedAt: _endedAt,
    extendedTo: _extended,
    fulfilmentStatus: _status,
    refundDue: _due,
    refunded: _refunded,
    reference: _reference,
    metadata: _metadata,
    first,
    ...lasting
  } = backWhereItWas(order);
  return {
    ...lasting,
    ...(first?.details ?? detailsOf(order)),
    lines: first?.cart?.lines ?? (order.status === "CONFIRMED" ? lasting.lines.map(asOrdered) : lasting.lines),
    total: first?.cart?.total ?? order.total,
    version: 1,
    status: "PENDING_PAYMENT",
    paymentCounts: {},
    reservation: { id: reservationIdOf(order.id, 1), status: "ACTIVE", expiresAt: firstExpiry(order) },
  };
}

/** An order with its units where they were first. Its fields are in the order in which they were made. */
function backWhereItWas(order: Order): Order {
  const where = firstWhere(order);
  if (where === undefined) return order;
  const { id, version, status, customerId, locationId: _place, lines: _lines, firstPlaces: _first, ...rest } = order;
  const { allocatedBy = rest.first?.cart?.allocatedBy, ...others } = rest;
  return {
    id,
    version,
    status,
    ...(customerId !== undefined && { customerId }),
    ...where,
    ...(allocatedBy !== undefined && { allocatedBy }),
    ...others,
  };
}

/** Where its units were first, if they or its lines have been others since. */
function firstWhere({ first, firstPlaces, locationId: place }: Order): AtPlaces<OrderLine> | undefined {
  if (first?.cart === undefined) return firstPlaces;
  const { lines, locationId = firstPlaces?.locationId ?? place } = first.cart;
  const isApart = lines.every((line) => line.locationId !== undefined);
  return isApart || locationId === undefined ? { lines } : { locationId, lines };
}

function asOrdered({
  fulfilledQuantity: _fulfilled,
  cancelledQuantity: _cancelled,
  returnedQuantity: _returned,
  ...line
}: OrderLine): OrderLine {
  return line;
}

/** An order's reservation by number, or `undefined` if it never had that one. An earlier reservation has always expired. */
export function reservationOf(order: Order, attempt: number): Reservation | undefined {
  const id = reservationIdOf(order.id, attempt);
  if (order.reservation.id === id) return order.reservation;
  if (attempt !== 1) return undefined;
  return { id, status: "EXPIRED", expiresAt: order.extendedTo ?? firstExpiry(order) };
}
