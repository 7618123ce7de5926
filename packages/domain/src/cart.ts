import { promisable } from "./backorder.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import type { Balances } from "./stock-level.ts";

/** A quantity of one SKU. */
export interface StockLine {
  readonly sku: Sku;
  readonly quantity: Quantity;
}

/** A line that cannot be promised: how many units were requested, and how many are available. */
export interface Shortfall {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly requested: number;
  readonly available: number;
}

/** One line per SKU, in order of first mention: a SKU on two lines asks for the sum of both. */
export function mergeLines(lines: readonly StockLine[]): StockLine[] {
  const quantities = new Map<Sku, number>();
  for (const line of lines) quantities.set(line.sku, (quantities.get(line.sku) ?? 0) + line.quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity: quantity as Quantity }));
}

/**
 * The lines of a merged cart that one location cannot promise now; empty means that all of it can be held.
 * A level that does not exist counts as empty, and owes nothing either. `limitOf`: how many units each level of a product may owe; left out, none.
 */
export function shortfalls(
  lines: readonly StockLine[],
  locationId: LocationId,
  levelOf: (sku: Sku, locationId: LocationId) => Balances | undefined,
  limitOf: (sku: Sku) => number = () => 0,
): Shortfall[] {
  const short: Shortfall[] = [];
  for (const { sku, quantity } of lines) {
    const level = levelOf(sku, locationId);
    const available = level === undefined ? 0 : promisable(level, limitOf(sku));
    if (available < quantity) short.push({ sku, locationId, requested: quantity, available });
  }
  return short;
}
