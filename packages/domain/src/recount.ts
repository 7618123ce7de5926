import type { Adjustment } from "./adjustment.ts";
import type { JournalEntry } from "./journal.ts";
import { balanceAfter } from "./movements.ts";
import type { Order, OrderStatus } from "./order.ts";
import type { Recount } from "./reconcile.ts";
import { emptyLevel, type StockLevel } from "./stock-level.ts";

/** What a level is added up from. May hold what is none of the level's. */
export interface RecountSources {
  readonly orders: Iterable<Order>;
  readonly adjustments: Iterable<Adjustment>;
  /** In order of commit. */
  readonly journal: readonly JournalEntry[];
}

/** A level's recount, in so many words: stores work the same out by the means of their database. */
export function recountOf(level: StockLevel, { orders, adjustments, journal }: RecountSources): Recount {
  const { sku, locationId } = level;
  const units = { PENDING_PAYMENT: 0, CONFIRMED: 0, CANCELLED: 0, EXPIRED: 0, FAILED: 0 } satisfies Record<
    OrderStatus,
    number
  >;
  for (const order of orders) {
    if (order.locationId !== locationId) continue;
    for (const line of order.lines) if (line.sku === sku) units[order.status] += line.quantity;
  }
  let adjusted = 0;
  for (const each of adjustments) if (each.sku === sku && each.locationId === locationId) adjusted += each.delta;
  const last = journal.findLast(({ levelsBefore }) =>
    levelsBefore.some((before) => before.sku === sku && before.locationId === locationId),
  );
  return {
    level,
    heldByOrders: units.PENDING_PAYMENT,
    soldByOrders: units.CONFIRMED,
    adjusted,
    journalled: last === undefined ? emptyLevel(sku, locationId) : balanceAfter(last, level),
  };
}
