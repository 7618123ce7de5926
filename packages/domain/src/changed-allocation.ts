import { type Allocation, type AllocationPolicy, allocate, inOrderOf, type Source } from "./allocation.ts";
import { mergeLines, type Shortfall, type StockLine } from "./cart.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { LocationId, Quantity } from "./ids.ts";
import { type AtPlaces, placedLines } from "./order-places.ts";

/** What an order keeps of the units that it has, once it is to have other lines. */
export interface Kept {
  readonly lines: readonly PlacedLine[];
  /** What it is to have beyond that; lines without a place from wherever it may be. */
  readonly missing: readonly StockLine[];
  /** Whether it keeps all that it has. */
  readonly isAll: boolean;
}

/**
 * Lines that name a place keep the order's units there. The others keep what is left, at the order's places in their order: where there are
 * to be fewer, the last ones give up first. `cart`: merged.
 */
export function keptOf(order: AtPlaces, cart: readonly StockLine[]): Kept {
  const held = placedLines(order).map(({ sku, locationId, quantity }) => ({
    sku,
    locationId,
    left: quantity as number,
  }));
  const lines: PlacedLine[] = [];
  const missing: StockLine[] = [];
  const named = cart.filter(({ locationId }) => locationId !== undefined);
  const others = cart.filter(({ locationId }) => locationId === undefined);
  for (const line of [...named, ...others]) {
    let wanted: number = line.quantity;
    for (const from of held) {
      if (from.sku !== line.sku || (line.locationId ?? from.locationId) !== from.locationId) continue;
      const units = Math.min(wanted, from.left);
      if (units === 0) continue;
      lines.push({ sku: from.sku, locationId: from.locationId, quantity: units as Quantity });
      from.left -= units;
      wanted -= units;
    }
    if (wanted > 0) missing.push({ ...line, quantity: wanted as Quantity });
  }
  return { lines, missing, isAll: held.every(({ left }) => left === 0) };
}

/** Where an order may get more, in the order of preference, and by which policy. */
export interface MoreFrom {
  readonly places: readonly LocationId[];
  readonly policy: AllocationPolicy;
  readonly source: Source;
}

/**
 * Where each unit of a changed order comes from: what it keeps stays where it is, and only what is missing is taken from what is free. Its
 * own places give first, by either policy, since that splits it no further. Units that it gives up need not count as free for it: where a
 * level gives some up, none of its SKU are missing there. A shortfall speaks of a whole line, with what the order has of it already.
 */
export function changedAllocation(order: AtPlaces, cart: readonly StockLine[], kept: Kept, from: MoreFrom): Allocation {
  const { places, policy, source } = from;
  const [onlyPlace] = places.length === 1 ? places : [];
  const more = mergeLines(kept.missing, onlyPlace);
  const own = [...new Set(placedLines(order).map(({ locationId }) => locationId))];
  const first = places.filter((place) => own.includes(place));
  const taken = allocate(more, places, source, policy, first);
  if (taken.lines === undefined) {
    return { shortfalls: taken.shortfalls.map((short) => ofWholeLine(short, cart, onlyPlace)) };
  }
  return { lines: inOrderOf(cart, [...new Set([...own, ...places])], [...kept.lines, ...taken.lines]) };
}

/** What is short of what a line lacks, as what is short of the line. `onlyPlace`: where lines without a place have to come from. */
function ofWholeLine(
  { requested, available, ...of }: Shortfall,
  cart: readonly StockLine[],
  onlyPlace: LocationId | undefined,
): Shortfall {
  const isOf = (line: StockLine) => line.sku === of.sku && (line.locationId ?? onlyPlace) === of.locationId;
  const asked = cart.reduce((units, line) => (isOf(line) ? units + line.quantity : units), 0);
  return { ...of, requested: asked, available: available + asked - requested };
}
