import { assert } from "./bug.ts";
import type { LocationId, Sku } from "./ids.ts";
import { alerted, type StockAlert } from "./stock-alert.ts";

/** The counters of one SKU at one location. */
export interface Balances extends LevelName {
  /** Counts this level's movements: 0 before the first, then 1, 2, 3 without a gap. */
  readonly version: number;
  /** Units physically there. */
  readonly totalStock: number;
  /** Units held by ACTIVE reservations, and by transfers that have yet to leave. */
  readonly reservedStock: number;
  /** Units sold and not yet shipped. */
  readonly committedStock: number;
  /** Units kept back on purpose. */
  readonly safetyStock: number;
  /** Units there that cannot be sold: damaged, or in quality control. Left out: none. */
  readonly unsellableStock?: number;
  /** Units in transit or expected from a supplier: not there yet, and not to be promised. Left out: none. */
  readonly incomingStock?: number;
  /** At how few available units it is low. Left out: it never is. */
  readonly lowStockThreshold?: number;
  /** What readers of the feed last heard of it, for its store alone. Left out: nothing, or that it is back. */
  readonly stockAlert?: StockAlert;
}

/** What a shop sets of a level, and no movement changes. */
export type LevelSettings = Pick<Balances, "safetyStock" | "lowStockThreshold">;

/** One SKU at one location, as journal and API show it: without what only its store needs. */
export interface StockLevel extends Balances {
  readonly fold?: never;
}

/** A stock level's name. */
export interface LevelName {
  readonly sku: Sku;
  readonly locationId: LocationId;
}

/** The counters of a level that movements change. */
export type StockFigures = Pick<
  Balances,
  "totalStock" | "reservedStock" | "committedStock" | "unsellableStock" | "incomingStock"
>;

/** Counters that count nothing. */
export const noFigures: StockFigures = { totalStock: 0, reservedStock: 0, committedStock: 0 };

/** By how much one movement changes one level. */
export interface LevelChange extends StockFigures, LevelName {
  /** What it sets anew. Left out: nothing. */
  readonly sets?: LevelSettings;
  /** Whether a person has booked it knowing that fewer units are left than are promised. */
  readonly acceptsShortage?: true;
  /** How far below zero the level may go with a promise. Left out: not at all. */
  readonly backorderLimit?: number;
}

/** The map key of a level. A SKU may have an `@`, a location has none. */
export function levelKey(sku: Sku, locationId: LocationId): string {
  return `${sku}@${locationId}`;
}

/** A level that nothing has moved yet. */
export function emptyLevel(sku: Sku, locationId: LocationId): StockLevel {
  return { sku, locationId, version: 0, totalStock: 0, reservedStock: 0, committedStock: 0, safetyStock: 0 };
}

/** A level without what only its store needs. */
export function plainLevel(level: Balances): StockLevel {
  const { sku, locationId, version, totalStock, reservedStock, committedStock, safetyStock } = level;
  const { unsellableStock, incomingStock, lowStockThreshold } = level;
  const plain = { sku, locationId, version, totalStock, reservedStock, committedStock, safetyStock };
  if (unsellableStock === undefined && incomingStock === undefined && lowStockThreshold === undefined) return plain;
  return {
    ...plain,
    ...(unsellableStock !== undefined && { unsellableStock }),
    ...(incomingStock !== undefined && { incomingStock }),
    ...(lowStockThreshold !== undefined && { lowStockThreshold }),
  };
}

/** What leads from one level's counters to another's. */
export function figuresBetween(before: StockFigures, after: StockFigures): StockFigures {
  const figures = {
    totalStock: after.totalStock - before.totalStock,
    reservedStock: after.reservedStock - before.reservedStock,
    committedStock: after.committedStock - before.committedStock,
  };
  if (hasMainFiguresOnly(after) && hasMainFiguresOnly(before)) return figures;
  return withMore(
    figures,
    before,
    after,
    unsellableIn(after) - unsellableIn(before),
    incomingIn(after) - incomingIn(before),
  );
}

/** Counters after so much more of each. */
export function figuresAfter(figures: StockFigures, more: StockFigures): StockFigures {
  const after = {
    totalStock: figures.totalStock + more.totalStock,
    reservedStock: figures.reservedStock + more.reservedStock,
    committedStock: figures.committedStock + more.committedStock,
  };
  if (hasMainFiguresOnly(figures) && hasMainFiguresOnly(more)) return after;
  return withMore(
    after,
    figures,
    more,
    unsellableIn(figures) + unsellableIn(more),
    incomingIn(figures) + incomingIn(more),
  );
}

/** Most levels have no other: what few have costs the others nothing. */
function hasMainFiguresOnly({ unsellableStock, incomingStock }: StockFigures): boolean {
  return unsellableStock === undefined && incomingStock === undefined;
}

/** The figures with each other counter that one of two has. */
function withMore(
  figures: StockFigures,
  one: StockFigures,
  other: StockFigures,
  unsellableStock: number,
  incomingStock: number,
): StockFigures {
  const has = (counter: "unsellableStock" | "incomingStock") =>
    one[counter] !== undefined || other[counter] !== undefined;
  return {
    ...figures,
    ...(has("unsellableStock") && { unsellableStock }),
    ...(has("incomingStock") && { incomingStock }),
  };
}

/** Whether two levels have the same counters. */
export function sameFigures(one: StockFigures, other: StockFigures): boolean {
  return (
    one.totalStock === other.totalStock &&
    one.reservedStock === other.reservedStock &&
    one.committedStock === other.committedStock &&
    unsellableIn(one) === unsellableIn(other) &&
    incomingIn(one) === incomingIn(other)
  );
}

/** Units that are there and cannot be sold. */
export function unsellableIn({ unsellableStock = 0 }: StockFigures): number {
  return unsellableStock;
}

/** Units that are on their way. */
export function incomingIn({ incomingStock = 0 }: StockFigures): number {
  return incomingStock;
}

/** Units that are there and can be sold, or leave for who has bought them. */
export function sellableStock(level: StockFigures): number {
  return level.totalStock - unsellableIn(level);
}

/** Units that can still be promised. Below zero where units are owed: by a backorder, or after a loss that promises stood on. */
export function availableStock(level: Balances): number {
  return sellableStock(level) - level.reservedStock - level.committedStock - level.safetyStock;
}

/** Units that are promised and not there. */
export function shortStock(level: StockFigures): number {
  return Math.max(0, level.reservedStock + level.committedStock - sellableStock(level));
}

/** The level after one movement. Throws `Bug` if a rule let through a change that oversells or goes negative. */
export function move<Level extends Balances>(level: Level, change: LevelChange): Level {
  const after: Level = { ...settled(level, change.sets), version: level.version + 1, ...figuresAfter(level, change) };
  assert(after.reservedStock >= 0, `${level.sku}: more released than was held`);
  assert(after.committedStock >= 0, `${level.sku}: more shipped than was sold`);
  // A level that is below zero may still give back and sell what is reserved: neither promises more.
  const { acceptsShortage, backorderLimit = 0 } = change;
  const isWithin = acceptsShortage || availableStock(after) >= Math.min(-backorderLimit, availableStock(level));
  assert(isWithin, `${level.sku}: oversold`);
  assert(after.totalStock >= 0, `${level.sku}: more taken away than was there`);
  assert(unsellableIn(after) >= 0, `${level.sku}: fewer than no units unsellable`);
  assert(incomingIn(after) >= 0, `${level.sku}: more arrived than was on its way`);
  assert(sellableStock(after) >= Math.min(0, sellableStock(level)), `${level.sku}: more taken away than could be sold`);
  return alerted(level, after, availableStock);
}

function settled<Level extends Balances>(level: Level, sets: LevelSettings | undefined): Level {
  if (sets === undefined) return level;
  const { lowStockThreshold: _threshold, ...rest } = level;
  return { ...rest, ...sets } as Level;
}
