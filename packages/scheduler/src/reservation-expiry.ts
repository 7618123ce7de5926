import { type Instant, reservationIdOf, workerActor } from "@holdfast/domain";
import type { DueHold, Queries, ReservationCache } from "@holdfast/engine";
import type { DueItem, DueKind } from "./due-kind.ts";
import { schedulerLimits } from "./scheduler-limits.ts";

/**
 * Reservations that run out. One that has only just done so, and that the cache still shows alive, is left for a later look; past
 * the grace the store decides alone.
 */
export function reservationExpiry(
  queries: Pick<Queries, "dueHolds" | "nextExpiry">,
  cache: Pick<ReservationCache, "alive">,
): DueKind {
  return {
    name: "reservation_expiry",
    async due(now, limit) {
      const holds = await queries.dueHolds(now, limit);
      const recent = holds.filter(({ expiresAt }) => now - expiresAt < schedulerLimits.aliveGraceMs);
      const alive = await cache.alive(recent.map(firstReservation));
      return holds.map((hold) => (alive.has(firstReservation(hold)) ? leftAlone(hold, now) : toExpire(hold)));
    },
    next: (after, until) => queries.nextExpiry(after, until),
  };
}

/** Only the first reservation of an order can be due: a late payment makes a second one, and confirms it in the same step. */
function firstReservation({ orderId }: DueHold) {
  return reservationIdOf(orderId, 1);
}

function toExpire({ orderId, expiresAt }: DueHold): DueItem {
  return { id: orderId, dueAt: expiresAt, command: { type: "ExpireOrder", actor: workerActor, orderId } };
}

function leftAlone(hold: DueHold, now: Instant): DueItem {
  const graceEnds = hold.expiresAt + schedulerLimits.aliveGraceMs;
  const notBefore = Math.min(graceEnds, now + schedulerLimits.aliveLookAgainMs) as Instant;
  return { ...toExpire(hold), notBefore };
}
