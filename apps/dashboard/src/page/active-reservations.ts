import type { Order, Reservation } from "./api-types.ts";

/** An active reservation, and the start and end of its progress bar in milliseconds since 1970. */
export interface ActiveReservation {
  readonly id: string;
  readonly orderId: string;
  readonly lines: Reservation["lines"];
  readonly since: number;
  readonly until: number;
}

export interface ReservationSources {
  readonly reservations: readonly Reservation[];
  readonly orders: readonly Order[];
  /** The result of the previous round. */
  readonly earlier: readonly ActiveReservation[];
  /** The server's time. */
  readonly now: number;
}

/**
 * The active reservations, the next one to run out first.
 *
 * A reservation does not say when it began, but its order does. If the order is not among the latest ones, the bar begins when this
 * page first saw the reservation.
 */
export function activeReservations({ reservations, orders, earlier, now }: ReservationSources): ActiveReservation[] {
  const placed = new Map(orders.map((order) => [order.id as string, Date.parse(order.placedAt)]));
  const seen = new Map(earlier.map((reservation) => [reservation.id, reservation.since]));
  return reservations
    .map(({ id, orderId, lines, expiresAt }) => ({
      id,
      orderId,
      lines,
      since: placed.get(orderId) ?? seen.get(id) ?? now,
      until: Date.parse(expiresAt),
    }))
    .sort((one, other) => one.until - other.until);
}
