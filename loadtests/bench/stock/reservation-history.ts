import type { Breach } from "@holdfast/audit";
import type { OrderId, Sku } from "@holdfast/domain";
import type { JournalPlace, Queries } from "@holdfast/engine";
import { shareOf } from "../load/measurement.ts";

const entriesPerRead = 20;

/** The orders of one SKU according to the journal. Times are the store's, in milliseconds since 1970. */
export interface ReservationHistory {
  readonly placedAt: ReadonlyMap<OrderId, number>;
  /** When each reservation was released, earliest first. */
  readonly releases: readonly { readonly orderId: OrderId; readonly at: number }[];
}

export async function reservationHistory(queries: Pick<Queries, "journal">, sku: string): Promise<ReservationHistory> {
  const placedAt = new Map<OrderId, number>();
  const releases: { orderId: OrderId; at: number }[] = [];
  let last: JournalPlace | undefined;
  do {
    const page = { limit: entriesPerRead, ...(last && { after: { at: last.at, id: last.id } }) };
    const entries = await queries.journal(sku as Sku, page);
    for (const entry of entries) {
      const { at } = entry;
      for (const record of "records" in entry ? entry.records : []) {
        if (record.type === "OrderPlaced") placedAt.set(record.orderId, at);
        if (record.type === "OrderExpired") releases.push({ orderId: record.orderId, at });
      }
    }
    last = entries.length < entriesPerRead ? undefined : entries.at(-1);
  } while (last !== undefined);
  return { placedAt, releases: releases.toSorted((one, other) => one.at - other.at) };
}

/** Reservations released per second from `from` on: those after the first commit, divided by the time from that commit to the last. */
export function releaseRate({ releases }: Pick<ReservationHistory, "releases">, from: number): number {
  const counted = releases.filter(({ at }) => at >= from);
  const first = counted[0]?.at ?? Number.NaN;
  const last = counted.at(-1)?.at ?? Number.NaN;
  return (counted.filter(({ at }) => at > first).length * 1000) / (last - first);
}

/** The 99th percentile of the lateness of releases, for reservations of this length. Milliseconds. */
export function latenessP99({ placedAt, releases }: ReservationHistory, holdSeconds: number): number {
  const lateMs = releases.map(({ orderId, at }) => at - (placedAt.get(orderId) ?? Number.NaN) - holdSeconds * 1000);
  return shareOf(Float64Array.from(lateMs).sort(), 0.99);
}

/** Every reservation must have been released exactly once. */
export function releaseBreaches({ placedAt, releases }: ReservationHistory, sku: string): Breach[] {
  const once = new Set(releases.map(({ orderId }) => orderId));
  const breaches: Breach[] = [];
  if (once.size !== placedAt.size) {
    breaches.push({ rule: "no leak", says: `${sku}: ${placedAt.size} holds ran out, ${once.size} were released` });
  }
  if (once.size !== releases.length) {
    const says = `${sku}: ${once.size} holds were released ${releases.length} times`;
    breaches.push({ rule: "ledger against orders", says });
  }
  return breaches;
}
