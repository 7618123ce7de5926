import { type AtPlaces, type LocationId, type OrderLine, placeOf, type Sku, type StockLine } from "@holdfast/domain";

// An order as answers show it: one line a SKU, wherever its units come from, and beside it from where.

type Units = Pick<OrderLine, "fulfilledQuantity" | "cancelledQuantity" | "returnedQuantity" | "backorderedQuantity">;

/** Units of a line that come from one place. */
interface AllocationView extends Units {
  readonly locationId: LocationId;
  readonly quantity: number;
}

/** An order, or whatever repeats its lines. `locationId` is the place of all its units or, where there are several, of the first. */
export function orderView<Order extends AtPlaces<OrderLine>>(order: Order) {
  const lines = linesView(order.lines, order);
  return { ...order, locationId: firstPlace(order), lines };
}

/** The same of a reservation or an event, which say where units come from only if that is from several places. */
export function stockView<Record extends AtPlaces>(record: Record) {
  if (record.locationId !== undefined) return { ...record, locationId: record.locationId };
  return { ...record, locationId: firstPlace(record), lines: linesView(record.lines, record) };
}

/** An event that gives an order other lines. Those before name their places unless they were and are at the event's. */
export function changedLinesView<Record extends AtPlaces & { readonly linesBefore: readonly StockLine[] }>(
  record: Record,
) {
  const { linesBefore } = record;
  const isApart = linesBefore.every(({ locationId }) => locationId !== undefined);
  return { ...stockView(record), linesBefore: isApart ? linesView(linesBefore, {}) : linesBefore };
}

function firstPlace(of: AtPlaces): LocationId {
  return placeOf(of.lines[0] ?? {}, of);
}

function linesView<Line extends StockLine & Units>(lines: readonly Line[], of: Pick<AtPlaces, "locationId">) {
  if (of.locationId !== undefined) return lines.map((line) => ({ ...line, allocations: [allocationOf(line, of)] }));
  const merged = new Map<Sku, Line & { readonly allocations: readonly AllocationView[] }>();
  for (const line of lines) {
    const before = merged.get(line.sku);
    const allocations = [...(before?.allocations ?? []), allocationOf(line, of)];
    merged.set(line.sku, { ...(before === undefined ? line : together(before, line)), allocations });
  }
  return [...merged.values()];
}

function allocationOf(line: StockLine & Units, of: Pick<AtPlaces, "locationId">): AllocationView {
  const { quantity, fulfilledQuantity, cancelledQuantity, returnedQuantity, backorderedQuantity } = line;
  return {
    locationId: placeOf(line, of),
    quantity,
    ...(fulfilledQuantity !== undefined && { fulfilledQuantity }),
    ...(cancelledQuantity !== undefined && { cancelledQuantity }),
    ...(returnedQuantity !== undefined && { returnedQuantity }),
    ...(backorderedQuantity !== undefined && { backorderedQuantity }),
  };
}

function together<Line extends StockLine & Units>(one: Line, other: Line): Line {
  return {
    ...one,
    quantity: one.quantity + other.quantity,
    ...sumOf("fulfilledQuantity", one, other),
    ...sumOf("cancelledQuantity", one, other),
    ...sumOf("returnedQuantity", one, other),
    ...sumOf("backorderedQuantity", one, other),
  };
}

function sumOf(name: keyof Units, one: Units, other: Units): Units {
  if (one[name] === undefined && other[name] === undefined) return {};
  return { [name]: (one[name] ?? 0) + (other[name] ?? 0) };
}
