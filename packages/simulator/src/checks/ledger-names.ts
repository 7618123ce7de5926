import type { LevelName, LocationId, OrderLine, StockLine } from "@holdfast/domain";
import type { LedgerLine } from "./ledger-order.ts";

export function keyOf({ sku, locationId }: LevelName): string {
  return `${sku}@${locationId}`;
}

/** Lines with their places, as an order or an event says them. */
export function linesOf<Line extends StockLine>({
  locationId,
  lines,
}: {
  readonly locationId?: LocationId;
  readonly lines: readonly (Line & Partial<OrderLine>)[];
}): LedgerLine[] {
  return lines.map((line) => ({
    name: "",
    unitPrice: { amount: 0, currency: "" },
    ...line,
    locationId: line.locationId ?? locationId ?? ("nowhere" as LocationId),
  }));
}

export function plain({ sku, locationId, quantity }: LedgerLine) {
  return { sku, locationId, quantity };
}

export function wordsOfLines(lines: readonly LedgerLine[]): string {
  return lines
    .map((line) => `${keyOf(line)} ${line.quantity}`)
    .sort()
    .join(", ");
}
