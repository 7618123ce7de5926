import type { Instant, ReservationId } from "./ids.ts";

export const reservationStatuses = ["ACTIVE", "CONFIRMED", "CANCELLED", "EXPIRED"] as const;

/** `ACTIVE` ends once, in one of the other three. */
export type ReservationStatus = (typeof reservationStatuses)[number];

/** Keeps the stock of an order's lines for a time. */
export interface Reservation {
  readonly id: ReservationId;
  readonly status: ReservationStatus;
  /** From this instant on the reservation is over, whether or not anyone has tidied it up. */
  readonly expiresAt: Instant;
}
