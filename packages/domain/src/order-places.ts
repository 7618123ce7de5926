import { assert } from "./bug.ts";
import type { StockLine } from "./cart.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { LocationId } from "./ids.ts";

/**
 * Lines, and where their units come from. All from one place: `locationId` names it, and no line does. Otherwise each line names its own,
 * one line a SKU and place, and `locationId` is left out: a program of before, which knows one place an order, then finds that it cannot
 * read such an order, and leaves it alone.
 */
export interface AtPlaces<Line extends StockLine = StockLine> {
  readonly locationId?: LocationId;
  readonly lines: readonly Line[];
}

/** Where a line's units come from. */
export function placeOf(line: Pick<StockLine, "locationId">, of: Pick<AtPlaces, "locationId">): LocationId {
  const locationId = line.locationId ?? of.locationId;
  assert(locationId !== undefined, "a line of an order names no place, and nor does its order");
  return locationId;
}

/** The lines, each with its place. */
export function placedLines<Line extends StockLine>(of: AtPlaces<Line>): (Line & PlacedLine)[] {
  return of.lines.map((line) => ({ ...line, locationId: placeOf(line, of) }));
}

type Unplaced<Line extends PlacedLine> = Omit<Line, "locationId"> & Pick<StockLine, "locationId" | "sku" | "quantity">;

/** Lines as they are kept: those of one place without it. */
export function atPlaces<Line extends PlacedLine>(lines: readonly Line[]): AtPlaces<Unplaced<Line>> {
  const [first] = lines;
  if (first === undefined || lines.some(({ locationId }) => locationId !== first.locationId)) return { lines };
  const { locationId } = first;
  return { locationId, lines: lines.map(({ locationId: _place, ...line }) => line) };
}
