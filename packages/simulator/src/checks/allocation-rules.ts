// Part of the oracle: an independent statement of where orders come from that name no place. Derive nothing here from the domain's rules.
import type { AllocationPolicy, LocationId, Sku } from "@holdfast/domain";

interface Taken {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly quantity: number;
}

/** Of a choice between places: those that were active, the one that promises first in front, and what each had right before. */
interface Choice {
  readonly places: readonly LocationId[];
  /** Of these, the ones that an order was at already, in their order: they give all that they have before the others. */
  readonly own?: readonly LocationId[];
  readonly availableAt: (sku: Sku, locationId: LocationId) => number;
  /** How far below zero each may go. */
  readonly owesAt: (sku: Sku, locationId: LocationId) => number;
}

/** What is wrong with where an order's units were taken from. */
export function* allocationFaults(
  about: string,
  policy: AllocationPolicy,
  lines: readonly Taken[],
  choice: Choice,
): Iterable<string> {
  const { places, own = [] } = choice;
  const had = (sku: Sku, place: LocationId) => Math.max(0, choice.availableAt(sku, place));
  const owed = owedShares(lines, choice);
  // Of what was there: without the units that had to be owed.
  const at = (sku: Sku, place: LocationId) => unitsAt(lines, sku, place) - (owed.get(`${sku}@${place}`) ?? 0);
  for (const { sku, locationId } of lines) {
    if (at(sku, locationId) > had(sku, locationId)) yield `${about} owes ${sku} at ${locationId}, and need not there`;
  }
  if (policy === "priority") {
    for (const { sku, locationId } of lines) {
      const earlier = places.slice(0, places.indexOf(locationId));
      const passed = earlier.find((place) => at(sku, place) < had(sku, place));
      if (passed !== undefined) yield `${about} took ${sku} from ${locationId} and left some at ${passed}`;
    }
    return;
  }
  const wanted = new Map<Sku, number>();
  for (const { sku, locationId } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + at(sku, locationId));
  for (const [sku, quantity] of wanted) if (quantity <= 0) wanted.delete(sku);
  const open = [...places];
  while (wanted.size > 0) {
    const worth = open.map((place) =>
      [...wanted].reduce((sum, [sku, quantity]) => sum + Math.min(quantity, had(sku, place)), 0),
    );
    const next = open.findIndex((place) => own.includes(place));
    const best = next < 0 ? worth.indexOf(Math.max(...worth)) : next;
    const [place] = open.splice(best, 1);
    if (place === undefined || (next < 0 && worth[best] === 0)) {
      yield `${about} took what no place had`;
      return;
    }
    for (const [sku, quantity] of wanted) {
      const units = Math.min(quantity, had(sku, place));
      if (at(sku, place) !== units)
        yield `${about} took ${at(sku, place)} ${sku} from ${place}, which had to give ${units}`;
      if (units === quantity) wanted.delete(sku);
      else wanted.set(sku, quantity - units);
    }
  }
}

function unitsAt(lines: readonly Taken[], sku: Sku, place: LocationId): number {
  return lines.find((line) => line.sku === sku && line.locationId === place)?.quantity ?? 0;
}

/** What of each line had to be owed, by `sku@place`: only what no place had, from the first place on. */
function owedShares(lines: readonly Taken[], { places, availableAt, owesAt }: Choice): Map<string, number> {
  const shares = new Map<string, number>();
  for (const sku of new Set(lines.map((line) => line.sku))) {
    let missing = lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
    for (const place of places) missing -= Math.max(0, availableAt(sku, place));
    for (const place of places) {
      if (missing <= 0) break;
      const available = availableAt(sku, place);
      const share = Math.min(missing, Math.max(0, available + owesAt(sku, place)) - Math.max(0, available));
      shares.set(`${sku}@${place}`, share);
      missing -= share;
    }
  }
  return shares;
}
