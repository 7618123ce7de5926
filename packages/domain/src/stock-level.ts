import { assert } from "./bug.ts";
import type { LocationId, Sku } from "./ids.ts";

/** The counters of one SKU at one location. */
export interface Balances extends LevelName {
  /** Counts this level's movements: 0 before the first, then 1, 2, 3 without a gap. */
  readonly version: number;
  /** Units physically there. */
  readonly totalStock: number;
  /** Units held by ACTIVE reservations. */
  readonly reservedStock: number;
  /** Units sold and not yet shipped. */
  readonly committedStock: number;
  /** Units kept back on purpose. */
  readonly safetyStock: number;
}

/** One SKU at one location, as journal and API show it: without what only its store needs. */
export interface StockLevel extends Balances {
  readonly fold?: never;
}

/** A stock level's name. */
export interface LevelName {
  readonly sku: Sku;
  readonly locationId: LocationId;
}

/** The three counters of a level that movements change. */
export type StockFigures = Pick<Balances, "totalStock" | "reservedStock" | "committedStock">;

/** Counters that count nothing. */
export const noFigures: StockFigures = { totalStock: 0, reservedStock: 0, committedStock: 0 };

/** By how much one movement changes one level. */
export interface LevelChange extends StockFigures, LevelName {}

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
  return { sku, locationId, version, totalStock, reservedStock, committedStock, safetyStock };
}

/** What leads from one level's counters to another's. */
export function figuresBetween(before: StockFigures, after: StockFigures): StockFigures {
  return {
    totalStock: after.totalStock - before.totalStock,
    reservedStock: after.reservedStock - before.reservedStock,
    committedStock: after.committedStock - before.committedStock,
  };
}

/** Counters after so much more of each. */
export function figuresAfter(figures: StockFigures, more: StockFigures): StockFigures {
  return {
    totalStock: figures.totalStock + more.totalStock,
    reservedStock: figures.reservedStock + more.reservedStock,
    committedStock: figures.committedStock + more.committedStock,
  };
}

/** Whether two levels have the same counters. */
export function sameFigures(one: StockFigures, other: StockFigures): boolean {
  return (
    one.totalStock === other.totalStock &&
    one.reservedStock === other.reservedStock &&
    one.committedStock === other.committedStock
  );
}

/** Units that can still be promised. */
export function availableStock(level: Balances): number {
  return level.totalStock - level.reservedStock - level.committedStock - level.safetyStock;
}

/** The level after one movement. Throws `Bug` if a rule let through a change that oversells or goes negative. */
export function move<Level extends Balances>(level: Level, change: LevelChange): Level {
  const after: Level = { ...level, version: level.version + 1, ...figuresAfter(level, change) };
  assert(after.reservedStock >= 0, `${level.sku}: more released than was held`);
  assert(after.committedStock >= 0, `${level.sku}: more shipped than was sold`);
  // A level that someone has edited below zero may still give back and sell what is reserved: neither promises more.
  assert(availableStock(after) >= Math.min(0, availableStock(level)), `${level.sku}: oversold`);
  assert(after.totalStock >= 0, `${level.sku}: more taken away than was there`);
  return after;
}
