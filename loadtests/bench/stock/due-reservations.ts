import { randomUUID } from "node:crypto";
import type { Database } from "@holdfast/engine";
import { orderOf, transactAll } from "./commands.ts";

/** One full batch of the engine. */
const perBatch = 1_000;

/** The store alone is faster than the service on it. The extra half is for a busy machine. */
const slack = 1.5;

const marginMs = 2_000;

/**
 * Places this many orders of one unit, whose reservations all run out within one second. `perSecond`, the placing rate of the service on
 * this store, determines when. Returns the time from which on all of them are due.
 */
export async function holdTogether(
  { store }: Pick<Database, "store">,
  sku: string,
  count: number,
  perSecond: number,
): Promise<number> {
  const dueAt = Date.now() + (count / perSecond) * 1000 * slack + marginMs;
  for (let placed = 0; placed < count; placed += perBatch) {
    const holdSeconds = Math.max(1, Math.ceil((dueAt - Date.now()) / 1000));
    const orders = Array.from({ length: Math.min(perBatch, count - placed) }, () =>
      orderOf([sku], { key: randomUUID(), holdSeconds }),
    );
    await transactAll(store, orders);
  }
  // If filling was too slow, the first ones have run out before the last ones were placed.
  return Math.max(dueAt, Date.now()) + 1000;
}
