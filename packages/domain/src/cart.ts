import { promisable } from "./backorder.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import { type AtPlaces, placeOf } from "./order-places.ts";
import type { Balances } from "./stock-level.ts";

/** A quantity of one SKU. */
export interface StockLine {
  readonly sku: Sku;
  /** From where. Left out: from where the order says, or in a cart from wherever it is. */
  readonly locationId?: LocationId | undefined;
  readonly quantity: Quantity;
}

/** A line that cannot be promised: how many units were requested, and how many are available. */
export interface Shortfall {
  readonly sku: Sku;
  /** Left out: at all places that are active, of which there are several or none. */
  readonly locationId?: LocationId;
  readonly requested: number;
  readonly available: number;
}

/**
 * One line a SKU and place, in order of first mention: a SKU on two lines asks for the sum of both. `locationId`: the place of those that
 * name none.
 */
export function mergeLines(lines: readonly StockLine[], locationId?: LocationId): StockLine[] {
  const merged = new Map<string, StockLine>();
  for (const { sku, quantity, locationId: own = locationId } of lines) {
    const key = `${sku}@${own ?? ""}`;
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { sku, ...(own !== undefined && { locationId: own }), quantity: (before + quantity) as Quantity });
  }
  return [...merged.values()];
}

/** Of each SKU, the units of all lines together, in order of first mention. */
export function unitsBySku(lines: readonly StockLine[]): ReadonlyMap<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

/**
 * The lines of a merged cart that their places cannot promise now; empty means that all of it can be held.
 * A level that does not exist counts as empty, and owes nothing either. `limitOf`: how many units each level of a product may owe; left out, none.
 */
export function shortfalls(
  cart: AtPlaces,
  levelOf: (sku: Sku, locationId: LocationId) => Balances | undefined,
  limitOf: (sku: Sku) => number = () => 0,
): Shortfall[] {
  const short: Shortfall[] = [];
  for (const line of cart.lines) {
    const { sku, quantity } = line;
    const locationId = placeOf(line, cart);
    const level = levelOf(sku, locationId);
    const available = level === undefined ? 0 : promisable(level, limitOf(sku));
    if (available < quantity) short.push({ sku, locationId, requested: quantity, available });
  }
  return short;
}
