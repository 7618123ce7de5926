// Part of the oracle: an independent statement of where an order has its units once its lines have changed. Derive nothing here from the domain.
import type { AllocationPolicy, LocationId, OrderId, Sku } from "@holdfast/domain";
import { allocationFaults } from "./allocation-rules.ts";
import type { Ledger } from "./ledger.ts";
import { type LedgerLine, type LedgerOrder, unitsIn } from "./ledger-order.ts";
import { availableIn } from "./level-book.ts";

interface Placed {
  readonly lines: readonly LedgerLine[];
  readonly allocatedBy: AllocationPolicy | undefined;
}

/**
 * What is wrong with where the units of a changed order are. An order that is still Holdfast's to allocate named no place: then all of it
 * can be said. Of the others it depends on what was asked for, which only the one who asked knows.
 */
export function* changedPlacesFaults(
  ledger: Ledger,
  id: OrderId,
  before: Pick<LedgerOrder, "lines" | "allocatedBy">,
  { lines, allocatedBy }: Placed,
): Iterable<string> {
  if (allocatedBy === undefined) return;
  if (allocatedBy !== before.allocatedBy)
    yield `${id} is allocated by ${allocatedBy} now, and was by ${before.allocatedBy}`;
  yield* stayingFaults(id, before.lines, lines);
  const choice = ledger.placesToChoose();
  const own = [...new Set(before.lines.map(({ locationId }) => locationId))].filter((place) => choice.includes(place));
  yield* allocationFaults(id, allocatedBy, increasesOf(before.lines, lines), {
    places: [...own, ...choice.filter((place) => !own.includes(place))],
    own,
    availableAt: (sku, locationId) => availableIn(ledger.countedAt({ sku, locationId })),
    owesAt: (sku, locationId) => {
      const { version } = ledger.countedAt({ sku, locationId });
      return version > 0 || locationId === "main" ? ledger.products.owesMax(sku) : 0;
    },
  });
}

/** What is wrong with what stays, where no line named a place: nothing moves, and of fewer units the first places keep theirs. */
export function* stayingFaults(
  id: OrderId,
  before: readonly LedgerLine[],
  after: readonly LedgerLine[],
): Iterable<string> {
  for (const sku of new Set(before.map((line) => line.sku))) {
    let left = unitsIn(after, sku);
    for (const { locationId, quantity } of before.filter((line) => line.sku === sku)) {
      const stays = Math.min(left, quantity);
      const has = unitsIn(after, sku, locationId);
      const isMore = unitsIn(after, sku) > unitsIn(before, sku);
      if (has < stays || (!isMore && has > stays))
        yield `${id} has ${has} ${sku} at ${locationId}, and ${stays} of it stay there`;
      left -= stays;
    }
  }
}

function increasesOf(before: readonly LedgerLine[], after: readonly LedgerLine[]) {
  return after.flatMap(({ sku, locationId, quantity }): { sku: Sku; locationId: LocationId; quantity: number }[] => {
    const more = quantity - unitsIn(before, sku, locationId);
    return more > 0 ? [{ sku, locationId, quantity: more }] : [];
  });
}
