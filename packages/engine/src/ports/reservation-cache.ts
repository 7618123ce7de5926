import type {
  AtPlaces,
  CustomerId,
  LocationId,
  Order,
  OrderId,
  Reservation,
  ReservationId,
  StockLine,
} from "@holdfast/domain";
import { placeOf, reservationOf } from "@holdfast/domain";

/** A reservation as it is read on its own. */
export interface ReservationRecord extends Reservation {
  readonly orderId: OrderId;
  readonly customerId?: CustomerId;
  /** Left out: each line names its place. */
  readonly locationId?: LocationId;
  readonly lines: readonly StockLine[];
}

/** The record of an order's n-th reservation, or `undefined` if it never had that one. */
export function reservationRecordOf(order: Order, attempt: number): ReservationRecord | undefined {
  const reservation = reservationOf(order, attempt);
  if (reservation === undefined) return undefined;
  return {
    ...reservation,
    orderId: order.id,
    ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
    ...linesOf(attempt === 1 ? (order.firstPlaces ?? order) : order),
  };
}

function linesOf({ locationId, lines }: AtPlaces): AtPlaces {
  if (locationId !== undefined) return { locationId, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
  return { lines: lines.map((line) => ({ sku: line.sku, locationId: placeOf(line, {}), quantity: line.quantity })) };
}

/**
 * Live reservations, close at hand. A hint: it may forget anything at any time, and what it forgets is read from the
 * store. It forgets a reservation by itself when that runs out.
 */
export interface ReservationCache {
  /** Stores new reservations and drops those that have ended or changed. Returns at once; it handles its own errors. */
  note(changes: { readonly held: readonly ReservationRecord[]; readonly dropped: readonly ReservationId[] }): void;
  /** A reservation it still shows alive. Never throws: out of reach is the same as forgotten. */
  find(id: ReservationId): Promise<ReservationRecord | undefined>;
  /** Those of the given reservations that it still shows alive. Never throws. */
  alive(ids: readonly ReservationId[]): Promise<ReadonlySet<ReservationId>>;
}

/** For a deployment whose store is close enough: remembers nothing. */
export const noReservationCache: ReservationCache = {
  note: () => {},
  find: async () => undefined,
  alive: async () => new Set(),
};
