import { type Batch, type OrderId, reservationIdOf, reservationIn } from "@holdfast/domain";
import type { ExpiryWakeups } from "./ports/expiry-wakeups.ts";
import { type ReservationCache, type ReservationRecord, reservationRecordOf } from "./ports/reservation-cache.ts";

/** Called with every commit that has happened, after it was answered. Must not throw, and is not waited for. */
export type AfterCommit = (batch: Batch) => void;

/** Gives the cache new and ended reservations, and asks for a wake-up when a new one runs out. Driven by what has happened. */
export function reservationHints(cache: ReservationCache, wakeups: ExpiryWakeups): AfterCommit {
  return ({ events }) => {
    const held = new Map<OrderId, ReservationRecord>();
    const ended: OrderId[] = [];
    for (const event of events) {
      const reservation = reservationIn(event);
      if (reservation === "begins" && event.type === "OrderPlaced") {
        const record = reservationRecordOf(event.order, 1);
        if (record !== undefined) held.set(event.orderId, record);
      } else if (reservation === "ends" && "orderId" in event) {
        held.delete(event.orderId);
        ended.push(event.orderId);
      }
    }
    if (held.size === 0 && ended.length === 0) return;
    // The first reservation is the one that was noted; a late payment's second one has never been live.
    cache.note({ held: [...held.values()], ended: ended.map((orderId) => reservationIdOf(orderId, 1)) });
    if (held.size > 0) wakeups.arm([...held.values()].map(({ expiresAt }) => expiresAt));
  };
}
