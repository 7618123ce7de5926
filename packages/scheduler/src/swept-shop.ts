import { Engine, type Queries, type Store } from "@holdfast/engine";
import { TimedShop } from "@holdfast/testing";
import { dueSweep, type SweepParts, type SweepReport } from "./due-sweep.ts";
import { reservationExpiry } from "./reservation-expiry.ts";

/** What a test of the sweep changes. */
export interface SweptParts extends Partial<Omit<SweepParts, "queries">> {
  readonly queries?: Pick<Queries, "now" | "dueReservations" | "nextExpiry">;
}

export interface SweptShop {
  readonly shop: TimedShop;
  readonly sweep: (stop?: AbortSignal) => Promise<SweepReport>;
  /** Commits so far that the sweep caused. */
  readonly commits: () => number;
}

/** For tests: a shop, and the sweep of its reservations. */
export async function sweptShop(changed: (shop: TimedShop) => SweptParts = () => ({})): Promise<SweptShop> {
  const shop = await new TimedShop().open();
  let commits = 0;
  const submit = submitTo(shop, async (transaction) => {
    commits += 1;
    return await shop.database.store.transact(transaction);
  });
  const { time: timers, logger } = shop;
  const parts = { queries: shop.database.queries, submit, logger, timers, ...changed(shop) };
  const job = dueSweep(reservationExpiry(parts.queries, shop.cache), parts);
  return { shop, sweep: (stop = new AbortController().signal) => job.work(stop), commits: () => commits };
}

/** Submits commands through an engine of its own to a given store. */
export function submitTo(shop: TimedShop, transact: Store["transact"]): SweepParts["submit"] {
  const engine = new Engine({ store: { transact }, newBatchId: shop.newBatchId });
  return (command) => engine.submit(command);
}
