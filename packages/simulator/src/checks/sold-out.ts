import type { Failure, LocationId, Sku } from "@holdfast/domain";
import { availableIn } from "./level-book.ts";
import type { Witness } from "./witness.ts";

/** Units of a SKU at a place. */
export type UnitsAt = (sku: Sku, locationId: LocationId) => number;

/** What counts beside levels when a cart is taken from them. */
interface Beside {
  /** What an order that is replaced gives back, by each cart that it has had. */
  readonly freed: readonly UnitsAt[];
  /** What the cart takes first, of places that it names. */
  readonly taken: UnitsAt;
}

const noUnits: UnitsAt = () => 0;

const nothingBeside: Beside = { freed: [], taken: noUnits };

function less(units: UnitsAt, others: UnitsAt): UnitsAt {
  return (sku, locationId) => units(sku, locationId) - others(sku, locationId);
}

/** A refusal, what was asked for, and between which points it was judged. */
interface SoldOut {
  readonly units: ReadonlyMap<Sku, number>;
  readonly failure: Extract<Failure, { code: "insufficient_stock" }>;
  readonly from: number;
  readonly to: number;
  /** What else counted, beside what levels say. */
  readonly beside?: Beside;
  /** Whether the units were to be sold late. */
  readonly isLate?: boolean;
  /** The only places that they could come from. Left out: all that are active. */
  readonly among?: readonly LocationId[];
}

/** What is wrong with the answer that units of an order were not there. */
export function* soldOutFaults(
  witness: Witness,
  about: string,
  {
    units,
    failure: { shortfalls },
    from,
    to,
    beside: { freed, taken } = nothingBeside,
    isLate = false,
    among,
  }: SoldOut,
): Iterable<string> {
  const isShort = (sku: Sku, place: LocationId) =>
    shortfalls.some((shortfall) => shortfall.sku === sku && shortfall.locationId === place);
  for (const { sku, locationId, requested, available } of shortfalls) {
    // What is sold late is owed only where it could be at checkout.
    const limits = [...(isLate ? [0] : []), ...witness.owesBetween(sku, from, to)];
    if (locationId === undefined) {
      // A line that names a place takes first, where it is not short itself.
      const others = [noUnits, ...freed].map((at) => less(at, (...of) => (isShort(...of) ? 0 : taken(...of))));
      const short = available < requested && hadTogether(witness, sku, available, { from, to, others, limits, among });
      if (requested > (units.get(sku) ?? 0) || !short) yield `${about} got a false sold-out of all ${sku}`;
      continue;
    }
    const states = witness.levelBetween(sku, locationId, from, to);
    // Of a level that is short, nothing is there.
    const had = (others: number) =>
      states.some(({ counted }) =>
        (isStocked(counted.version, locationId) ? limits : [0]).some(
          (limit) => Math.max(0, availableIn(counted) + limit + others) === available,
        ),
      );
    const short = available < requested && [noUnits, ...freed].some((at) => had(at(sku, locationId)));
    if (requested > (units.get(sku) ?? 0) || !short) yield `${about} got a false sold-out of ${sku}`;
  }
  if (shortfalls.length === 0) yield `${about} got a sold-out of nothing`;
}

interface Together {
  readonly from: number;
  readonly to: number;
  readonly others: readonly UnitsAt[];
  readonly limits: readonly number[];
  readonly among: readonly LocationId[] | undefined;
}

/**
 * Whether all places that promised could promise exactly this many units of a SKU together. Each may have been read at another point
 * between two: those that a batch writes are as it leaves them, and others as they were when it was decided.
 */
function hadTogether(witness: Witness, sku: Sku, available: number, { others, limits, ...span }: Together): boolean {
  return others.some((more) =>
    limits.some((limit) => {
      let sums = new Set([0]);
      for (const had of promisableAt(witness, sku, { ...span, limit, more })) {
        sums = new Set([...sums].flatMap((sum) => had.map((units) => sum + units)));
      }
      return sums.has(available);
    }),
  );
}

/** The fewest units of a SKU that all places could promise together at some point between two. `limit`: how many units each may owe. */
export function leastTogether(witness: Witness, sku: Sku, from: number, to: number, limit: number): number {
  return promisableAt(witness, sku, { from, to, limit }).reduce((sum, had) => sum + Math.min(...had), 0);
}

interface Promising {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly more?: UnitsAt;
  readonly among?: readonly LocationId[] | undefined;
}

/** Of each place that promised at some point between two, the numbers of units that it could promise. */
function promisableAt(witness: Witness, sku: Sku, { from, to, limit, more = noUnits, among }: Promising): number[][] {
  const points = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const active = points.map((point) => witness.locations.activeAt(point));
  const places = [...new Set(active.flat())].filter((place) => among?.includes(place) ?? true);
  return places.map((locationId) => {
    const had = witness.levelBetween(sku, locationId, from, to).map(({ counted }) => {
      const owes = isStocked(counted.version, locationId) ? limit : 0;
      return Math.max(0, availableIn(counted) + owes + more(sku, locationId));
    });
    return active.every((places) => places.includes(locationId)) ? had : [0, ...had];
  });
}

/** A place where a product was never stocked owes nothing of it. */
export function isStocked(version: number, locationId: LocationId): boolean {
  return version > 0 || locationId === "main";
}
