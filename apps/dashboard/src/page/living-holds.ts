import type { Order, Reservation } from "./api-types.ts";

/** A reservation that lives, with the instants that its progress bar runs between. Milliseconds since 1970. */
export interface LivingHold {
  readonly id: string;
  readonly orderId: string;
  readonly lines: Reservation["lines"];
  readonly since: number;
  readonly until: number;
}

export interface HoldSources {
  readonly reservations: readonly Reservation[];
  readonly orders: readonly Order[];
  /** The holds of the round before. */
  readonly earlier: readonly LivingHold[];
  /** The server's time. */
  readonly now: number;
}

/**
 * The holds that live, the next to end first.
 *
 * A reservation does not say when it began; its order does. One whose order is no longer among the latest counts from
 * when this page first saw it.
 */
export function livingHolds({ reservations, orders, earlier, now }: HoldSources): LivingHold[] {
  const placed = new Map(orders.map((order) => [order.id as string, Date.parse(order.placedAt)]));
  const seen = new Map(earlier.map((hold) => [hold.id, hold.since]));
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
