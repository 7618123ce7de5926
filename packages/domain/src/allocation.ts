import { promisable } from "./backorder.ts";
import type { Shortfall, StockLine } from "./cart.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import type { Location } from "./location.ts";
import { byCodePoint } from "./sku.ts";
import { availableStock, type Balances, levelKey } from "./stock-level.ts";

/**
 * From which places lines without one are filled. `priority`: each line from the first place that has some of it, then from the next.
 * `fewest-splits`: from the place that has the most of the units that are still wanted, over all lines, until nothing is wanted.
 */
export const allocationPolicies = ["priority", "fewest-splits"] as const;
export type AllocationPolicy = (typeof allocationPolicies)[number];

/** Places that promise, in the order in which they do: by priority, then by id. */
export function promisingPlaces(locations: Iterable<Location>): LocationId[] {
  return [...locations]
    .filter(({ active }) => active)
    .sort((one, other) => one.priority - other.priority || byCodePoint(one.id, other.id))
    .map(({ id }) => id);
}

/** The keys of what lines without a place may be taken from. */
export function levelsAt(places: readonly LocationId[], lines: readonly StockLine[]): string[] {
  const wanted = lines.filter(({ locationId }) => locationId === undefined);
  return places.flatMap((place) => wanted.map(({ sku }) => levelKey(sku, place)));
}

/** What there is to allocate from. A level that does not exist counts as empty, and owes nothing either. */
export interface Source {
  readonly levelAt: (sku: Sku, locationId: LocationId) => Balances | undefined;
  /** How many units each level of a product may owe. */
  readonly limitOf: (sku: Sku) => number;
}

/** Where each unit of a cart comes from, or what of it cannot be had. */
export type Allocation =
  | { readonly lines: readonly PlacedLine[]; readonly shortfalls?: never }
  | { readonly shortfalls: readonly Shortfall[]; readonly lines?: never };

/**
 * Takes each line of a merged cart from its own place, and those without one from `places`, which are in the order of preference: all
 * units of all lines, or none. Lines with a place take first. The answer's lines are in the cart's order, each line's places in theirs.
 *
 * `fewest-splits` is greedy: a place that has all that is wanted has the most, so that one place is found where one will do. Beyond that
 * it need not find the least number of places, which would take too long to work out. Of places with as much the first one is taken.
 *
 * `first`: those of the places that give what they have before the policy has a choice, in their order.
 *
 * A unit is owed only where none is left at any of the places, and then at the first of them that may owe it, by either policy.
 */
export function allocate(
  cart: readonly StockLine[],
  places: readonly LocationId[],
  source: Source,
  policy: AllocationPolicy,
  first: readonly LocationId[] = [],
): Allocation {
  const shortfalls: Shortfall[] = [];
  const placed: PlacedLine[] = [];
  const wanted: StockLine[] = [];
  for (const line of cart) {
    const { sku, locationId, quantity } = line;
    if (locationId === undefined) {
      wanted.push(line);
      continue;
    }
    const level = source.levelAt(sku, locationId);
    const available = level === undefined ? 0 : promisable(level, source.limitOf(sku));
    if (available < quantity) shortfalls.push({ sku, locationId, requested: quantity, available });
    else placed.push({ sku, locationId, quantity });
  }
  // Most carts come from one place.
  if (wanted.length === 0) return shortfalls.length > 0 ? { shortfalls } : { lines: placed };
  const stock = new Stock(source);
  for (const { sku, locationId, quantity } of placed) stock.take(sku, locationId, quantity);
  for (const { sku, quantity } of wanted) {
    const available = places.reduce((sum, place) => sum + stock.promisable(sku, place), 0);
    if (available < quantity) shortfalls.push({ sku, requested: quantity, available });
  }
  if (shortfalls.length > 0) return { shortfalls };
  const taken =
    policy === "priority" ? byPriority(wanted, places, stock) : withFewSplits(wanted, { places, first }, stock);
  const owed = owedOf(wanted, taken, places, stock);
  return { lines: inOrderOf(cart, places, [...placed, ...taken, ...owed]) };
}

/** Units that can be promised, less those that this cart has taken. */
class Stock {
  readonly #available = new Map<string, number>();
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Units that are there. */
  left(sku: Sku, locationId: LocationId): number {
    return Math.max(0, this.#availableAt(sku, locationId));
  }

  /** Units that are there, and those that may be owed. */
  promisable(sku: Sku, locationId: LocationId): number {
    const mayOwe = this.#source.levelAt(sku, locationId) === undefined ? 0 : this.#source.limitOf(sku);
    return Math.max(0, this.#availableAt(sku, locationId) + mayOwe);
  }

  take(sku: Sku, locationId: LocationId, quantity: number): PlacedLine {
    this.#available.set(levelKey(sku, locationId), this.#availableAt(sku, locationId) - quantity);
    return { sku, locationId, quantity: quantity as Quantity };
  }

  #availableAt(sku: Sku, locationId: LocationId): number {
    const key = levelKey(sku, locationId);
    let available = this.#available.get(key);
    if (available === undefined) {
      const level = this.#source.levelAt(sku, locationId);
      available = level === undefined ? 0 : availableStock(level);
      this.#available.set(key, available);
    }
    return available;
  }
}

/** What is not there of what is wanted: owed at the first places that may. */
function owedOf(
  wanted: readonly StockLine[],
  taken: readonly PlacedLine[],
  places: readonly LocationId[],
  stock: Stock,
): PlacedLine[] {
  const owed: PlacedLine[] = [];
  for (const { sku, quantity } of wanted) {
    let missing = taken.reduce((left, line) => (line.sku === sku ? left - line.quantity : left), quantity as number);
    for (const place of places) {
      if (missing === 0) break;
      const units = Math.min(missing, stock.promisable(sku, place));
      if (units > 0) owed.push(stock.take(sku, place, units));
      missing -= units;
    }
  }
  return owed;
}

function byPriority(wanted: readonly StockLine[], places: readonly LocationId[], stock: Stock): PlacedLine[] {
  const taken: PlacedLine[] = [];
  for (const { sku, quantity } of wanted) {
    let missing: number = quantity;
    for (const place of places) {
      const units = Math.min(missing, stock.left(sku, place));
      if (units > 0) taken.push(stock.take(sku, place, units));
      missing -= units;
      if (missing === 0) break;
    }
  }
  return taken;
}

interface Choice {
  readonly places: readonly LocationId[];
  readonly first: readonly LocationId[];
}

function withFewSplits(wanted: readonly StockLine[], { places, first }: Choice, stock: Stock): PlacedLine[] {
  const missing = new Map<Sku, number>(wanted.map(({ sku, quantity }) => [sku, quantity]));
  const left = new Set(places);
  const taken = byPriority(wanted, first, stock);
  for (const { sku, quantity } of taken) {
    const still = (missing.get(sku) ?? 0) - quantity;
    if (still === 0) missing.delete(sku);
    else missing.set(sku, still);
  }
  while (missing.size > 0) {
    let best: { readonly place: LocationId; readonly units: number } | undefined;
    for (const place of left) {
      let units = 0;
      for (const [sku, quantity] of missing) units += Math.min(quantity, stock.left(sku, place));
      if (units > (best?.units ?? 0)) best = { place, units };
    }
    if (best === undefined) return taken;
    left.delete(best.place);
    for (const [sku, quantity] of missing) {
      const units = Math.min(quantity, stock.left(sku, best.place));
      if (units === 0) continue;
      taken.push(stock.take(sku, best.place, units));
      if (units === quantity) missing.delete(sku);
      else missing.set(sku, quantity - units);
    }
  }
  return taken;
}

/** One line a SKU and place, since a SKU may come from one place twice: in the order of a cart, and of a SKU in that of its places. */
export function inOrderOf(
  cart: readonly StockLine[],
  places: readonly LocationId[],
  taken: readonly PlacedLine[],
): PlacedLine[] {
  const merged = new Map<string, PlacedLine>();
  for (const line of taken) {
    const key = levelKey(line.sku, line.locationId);
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { ...line, quantity: (before + line.quantity) as Quantity });
  }
  const skus = new Map<Sku, number>();
  for (const { sku } of cart) if (!skus.has(sku)) skus.set(sku, skus.size);
  const rank = ({ locationId }: PlacedLine) => {
    const index = places.indexOf(locationId);
    return index < 0 ? places.length : index;
  };
  return [...merged.values()].sort(
    (one, other) =>
      (skus.get(one.sku) ?? 0) - (skus.get(other.sku) ?? 0) ||
      rank(one) - rank(other) ||
      byCodePoint(one.locationId, other.locationId),
  );
}
