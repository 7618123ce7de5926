import { type Batch, type Instant, type OrderId, reservationIdOf, reservationIn } from "@holdfast/domain";
import type { ExpiryWakeups } from "./ports/expiry-wakeups.ts";
import { type ReservationCache, type ReservationRecord, reservationRecordOf } from "./ports/reservation-cache.ts";

/** Called with every commit that has happened, after it was answered. Must not throw, and is not waited for. */
export type AfterCommit = (batch: Batch) => void;

/**
 * Gives the cache new reservations, has it drop those that have ended or changed, and asks for a wake-up when one runs out. Driven by what
 * has happened. What has changed is read from the store from then on: notes of two processes may arrive in any order.
 */
export function reservationHints(cache: ReservationCache, wakeups: ExpiryWakeups): AfterCommit {
  return ({ events }) => {
    const held = new Map<OrderId, ReservationRecord>();
    const dropped: OrderId[] = [];
    const ends: Instant[] = [];
    for (const event of events) {
      const reservation = reservationIn(event);
      if (reservation === "begins" && event.type === "OrderPlaced") {
        const record = reservationRecordOf(event.order, 1);
        if (record !== undefined) held.set(event.orderId, record);
      } else if (reservation !== undefined && "orderId" in event) {
        held.delete(event.orderId);
        dropped.push(event.orderId);
        if (event.type === "OrderExtended") ends.push(event.expiresAt);
        if (event.type === "OrderLinesChanged") ends.push(event.order.reservation.expiresAt);
      }
    }
    if (held.size === 0 && dropped.length === 0) return;
    // The first reservation is the one that was noted; a late payment's second one has never been live.
    cache.note({ held: [...held.values()], dropped: dropped.map((orderId) => reservationIdOf(orderId, 1)) });
    for (const { expiresAt } of held.values()) ends.push(expiresAt);
    if (ends.length > 0) wakeups.arm(ends);
  };
}
