import type { Instant } from "./ids.ts";
import type { OrderStatus } from "./order.ts";
import { availableStock, type Balances } from "./stock-level.ts";

/** How many of a SKU's orders, the newest first, its sales are counted from: a few milliseconds, however many there are. */
export const salesReadMax = 2_000;

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** What an order took of a level. */
export interface OrderedUnits {
  readonly status: OrderStatus;
  readonly placedAt: Instant;
  /** 0 where it took units of the SKU elsewhere. */
  readonly units: number;
}

/** How fast a level sells, and how long what is available lasts at that. */
export interface Cover {
  /** Units of orders that were paid, later cancellations and returns included: what was asked for. */
  readonly soldUnits: number;
  /** From when on they are counted. */
  readonly soldSince: Instant;
  /** Days until nothing is available, to a tenth. Left out: nothing was sold. */
  readonly daysOfCover?: number;
}

/**
 * Of the newest orders of a level's SKU, newest first. They are counted from `from` on, or from the first of them if that is later: the
 * SKU's first one, or the oldest of those that are read of one that sells fast.
 */
export function coverOf(level: Balances, orders: readonly OrderedUnits[], from: Instant, now: Instant): Cover {
  const first = orders.at(-1)?.placedAt ?? from;
  const soldSince = Math.max(first, from) as Instant;
  let soldUnits = 0;
  for (const { status, placedAt, units } of orders) {
    if (status === "CONFIRMED" && placedAt >= from) soldUnits += units;
  }
  if (soldUnits === 0) return { soldUnits, soldSince };
  // A SKU that was first ordered an hour ago has not shown what a day is like. One with thousands of orders has.
  const leastMs = orders.length < salesReadMax ? dayMs : minuteMs;
  const days = Math.max(now - soldSince, leastMs) / dayMs;
  const daysOfCover = Math.round((Math.max(0, availableStock(level)) / (soldUnits / days)) * 10) / 10;
  return { soldUnits, soldSince, daysOfCover };
}
