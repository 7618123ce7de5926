import { type Instant, reservationIdOf, workerActor } from "@holdfast/domain";
import type { DueReservation, Queries, ReservationCache } from "@holdfast/engine";
import type { DueItem, DueKind } from "./due-kind.ts";
import { schedulerLimits } from "./scheduler-limits.ts";

/**
 * Reservations that run out. One that has only just done so, and that the cache still shows alive, is left for a later look; past
 * the grace the store decides alone.
 */
export function reservationExpiry(
  queries: Pick<Queries, "dueReservations" | "nextExpiry">,
  cache: Pick<ReservationCache, "alive">,
): DueKind {
  return {
    name: "reservation_expiry",
    async due(now, limit) {
      const reservations = await queries.dueReservations(now, limit);
      const recent = reservations.filter(({ expiresAt }) => now - expiresAt < schedulerLimits.aliveGraceMs);
      const alive = await cache.alive(recent.map(firstReservation));
      return reservations.map((reservation) =>
        alive.has(firstReservation(reservation)) ? leftAlone(reservation, now) : toExpire(reservation),
      );
    },
    next: (after, until) => queries.nextExpiry(after, until),
  };
}

/** Only the first reservation of an order can be due: a late payment makes a second one, and confirms it in the same step. */
function firstReservation({ orderId }: DueReservation) {
  return reservationIdOf(orderId, 1);
}

function toExpire({ orderId, expiresAt }: DueReservation): DueItem {
  return { id: orderId, dueAt: expiresAt, command: { type: "ExpireOrder", actor: workerActor, orderId } };
}

function leftAlone(reservation: DueReservation, now: Instant): DueItem {
  const graceEnds = reservation.expiresAt + schedulerLimits.aliveGraceMs;
  const notBefore = Math.min(graceEnds, now + schedulerLimits.aliveLookAgainMs) as Instant;
  return { ...toExpire(reservation), notBefore };
}
