import { Unreadable } from "@holdfast/domain";
import type { ApiKeys, Engine, Queries, UnreadableLog } from "@holdfast/engine";
import type { AppParts } from "./app-parts.ts";

type Log = Pick<UnreadableLog, "see">;

/** The same parts, with each record that cannot be read logged as a call meets it. */
export function reportUnreadable<Parts extends Pick<AppParts, "engine" | "queries" | "apiKeys">>(
  parts: Parts,
  log: Log,
): Parts {
  const { engine, queries, apiKeys } = parts;
  return {
    ...parts,
    engine: watchedEngine(engine, log),
    queries: watchedQueries(queries, log),
    apiKeys: watchedKeys(apiKeys, log),
  };
}

function watchedEngine(engine: Pick<Engine, "submit">, log: Log): Pick<Engine, "submit"> {
  return {
    async submit(command) {
      const result = await engine.submit(command);
      if (!result.ok && result.failure.code === "record_unreadable") log.see(result.failure);
      return result;
    },
  };
}

/** Reads of lists. A single unreadable record is answered as an outage, and logged there. */
function watchedQueries(queries: Queries, log: Log): Queries {
  const watched =
    <Asked extends readonly unknown[], Item extends object>(list: (...asked: Asked) => Promise<Item[]>) =>
    async (...asked: Asked) => {
      const page = await list(...asked);
      for (const item of page) see(item, log);
      return page;
    };
  return {
    now: () => queries.now(),
    product: (sku) => queries.product(sku),
    products: watched((paging) => queries.products(paging)),
    findProducts: watched((search, paging) => queries.findProducts(search, paging)),
    order: (id) => queries.order(id),
    orders: watched((filter, paging) => queries.orders(filter, paging)),
    list: async (name, filter, paging) => {
      const page = await queries.list(name, filter, paging);
      for (const record of page) see(record, log);
      return page;
    },
    journal: watched((sku, paging) => queries.journal(sku, paging)),
    feed: watched((paging) => queries.feed(paging)),
    feedEnd: (seen) => queries.feedEnd(seen),
    dueReservations: (now, limit) => queries.dueReservations(now, limit),
    nextExpiry: (after, until) => queries.nextExpiry(after, until),
    shortLevels: watched((paging) => queries.shortLevels(paging)),
    lowLevels: watched((filter, paging) => queries.lowLevels(filter, paging)),
    orderedUnits: (level, limit) => queries.orderedUnits(level, limit),
    nextExpiryOf: (level, after) => queries.nextExpiryOf(level, after),
    recounts: watched((filter, paging) => queries.recounts(filter, paging)),
  };
}

function watchedKeys(apiKeys: ApiKeys, log: Log): ApiKeys {
  return {
    async live() {
      const live = await apiKeys.live();
      for (const record of live.unreadable) log.see(record);
      return live;
    },
    list: (paging) => apiKeys.list(paging),
    create: (record) => apiKeys.create(record),
    claimed: (claimKey) => apiKeys.claimed(claimKey),
    revoke: (id, at) => apiKeys.revoke(id, at),
  };
}

function see(item: object, log: Log): void {
  if (item instanceof Unreadable) log.see(item);
  else if ("unreadable" in item && item.unreadable instanceof Unreadable) log.see(item.unreadable);
  else if ("journalled" in item && item.journalled instanceof Unreadable) log.see(item.journalled);
}
