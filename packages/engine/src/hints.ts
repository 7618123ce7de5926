import { type Batch, type Order, reservationIdOf } from "@holdfast/domain";
import type { ExpiryWakeups } from "./ports/expiry-wakeups.ts";
import { type ReservationCache, type ReservationRecord, reservationRecordOf } from "./ports/reservation-cache.ts";

/** Told of every commit that has happened, after it was answered. Must not throw, and is not waited for. */
export type AfterCommit = (batch: Batch) => void;

/** Tells the cache of new and ended holds, and asks for a wake-up when a new one runs out. */
export function holdHints(cache: ReservationCache, wakeups: ExpiryWakeups): AfterCommit {
  return (batch) => {
    const held: Order[] = [];
    const ended: Order[] = [];
    for (const { after } of batch.writes.orders) (after.reservation.status === "ACTIVE" ? held : ended).push(after);
    if (held.length === 0 && ended.length === 0) return;
    cache.note({
      held: held
        .map((order) => reservationRecordOf(order, 1))
        .filter((record): record is ReservationRecord => !!record),
      // The first hold is the one that was taken down; a late payment's second one has never been live.
      ended: ended.map((order) => reservationIdOf(order.id, 1)),
    });
    if (held.length > 0) wakeups.arm(held.map((order) => order.reservation.expiresAt));
  };
}
