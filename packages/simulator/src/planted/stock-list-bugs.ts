import { availableStock, isReadable, type Order, plainLevel } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { type StockLists, stockLists } from "../system/stock-lists.ts";
import type { Planted } from "../world.ts";

/** Mistakes in the lists of what is short and of what is low. */
export const stockListBugs: Readonly<Record<string, Planted>> = {
  "a shortage names the newest promise first": listing((lists) => ({
    ...lists,
    shortages: async (paging) =>
      (await lists.shortages(paging)).map((found) =>
        "orders" in found ? { ...found, orders: found.orders.toReversed() } : found,
      ),
  })),
  "a shortage hits the oldest promises": reading((queries) => ({
    orders: async (...asked) => (await queries.orders(...asked)).toReversed(),
  })),
  "a shortage counts units that have left": readingOrders(({ lines, ...order }) => ({
    ...order,
    lines: lines.map(({ fulfilledQuantity: _left, ...line }) => line),
  })),
  "a shortage counts units that a paid order has given up": readingOrders(({ lines, ...order }) => ({
    ...order,
    lines: lines.map(({ cancelledQuantity: _given, ...line }) => line),
  })),
  "a shortage hits orders that are paid alone": reading((queries) => ({
    orders: (filter, paging) => queries.orders({ ...filter, statuses: ["CONFIRMED"] }, paging),
  })),
  "a shortage spares what is to be sent": reading(() => ({ list: async () => [] })),
  "a level of which nothing is available is called short": reading((queries) => ({
    shortLevels: async ({ after }) => {
      if (after !== undefined) return [];
      const levels = (await queries.recounts({}, { limit: 200 })).filter(isReadable);
      return levels.map(({ level }) => plainLevel(level)).filter((level) => availableStock(level) <= 0);
    },
  })),
  "a list ends after its first page": reading((queries) => ({
    shortLevels: async (paging) => (paging.after === undefined ? await queries.shortLevels(paging) : []),
    lowLevels: async (filter, paging) => (paging.after === undefined ? await queries.lowLevels(filter, paging) : []),
  })),
  "a level at its threshold is not low": lowWithout((available, threshold) => available === threshold),
  "a level that is sold out is not low": lowWithout((available) => available <= 0),
  "what is low at a place that is closed is listed": reading((queries) => ({
    lowLevels: async (filter, { limit, after }) => {
      if (filter.locationId !== undefined) return await queries.lowLevels(filter, { limit, ...(after && { after }) });
      if (after !== undefined) return [];
      const levels = (await queries.recounts({}, { limit: 200 }))
        .filter(isReadable)
        .map(({ level }) => plainLevel(level));
      return levels.filter((level) => availableStock(level) <= (level.lowStockThreshold ?? Number.NEGATIVE_INFINITY));
    },
  })),
  "days of cover count orders that were never paid": reading((queries) => ({
    orderedUnits: async (...asked) =>
      (await queries.orderedUnits(...asked)).map((each) => ({ ...each, status: "CONFIRMED" as const })),
  })),
  "days of cover count sales from before": listing((lists) => ({
    ...lists,
    lowStock: (filter, paging) => lists.lowStock({ ...filter, days: filter.days * 100 }, paging),
  })),
  "days of cover go by what is there, promised or not": listing((lists) => ({
    ...lists,
    lowStock: async (...asked) =>
      (await lists.lowStock(...asked)).map((found) => {
        if (!("soldSince" in found) || found.daysOfCover === undefined) return found;
        return { ...found, daysOfCover: found.daysOfCover + found.level.reservedStock };
      }),
  })),
};

function listing(change: (lists: StockLists) => StockLists): Planted {
  return { lists: (queries) => change(stockLists(queries)) };
}

/** Lists that are made by the real rules of other reads. */
function reading(change: (queries: Queries) => Partial<Queries>): Planted {
  return { lists: (queries) => stockLists({ ...queries, ...change(queries) }) };
}

function readingOrders(change: (order: Order) => Order): Planted {
  return reading((queries) => ({
    orders: async (...asked) =>
      (await queries.orders(...asked)).map((each) => ("unreadable" in each ? each : { ...each, ...change(each) })),
  }));
}

/** A list of what is low without some of it. */
function lowWithout(isLeftOut: (available: number, threshold: number) => boolean): Planted {
  return reading((queries) => ({
    lowLevels: async (...asked) =>
      (await queries.lowLevels(...asked)).filter(
        (level) => !isReadable(level) || !isLeftOut(availableStock(level), level.lowStockThreshold ?? 0),
      ),
  }));
}
