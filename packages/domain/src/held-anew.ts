import { allocate, levelsAt, promisingPlaces } from "./allocation.ts";
import { assert } from "./bug.ts";
import { mergeLines, type Shortfall, type StockLine } from "./cart.ts";
import type { CommandReads } from "./command-module.ts";
import type { LocationId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import { type AtPlaces, atPlaces } from "./order-places.ts";
import { lateLimitFor, orderShortfalls } from "./order-shortfalls.ts";
import type { Snapshot, Tables } from "./snapshot.ts";
import { levelKey } from "./stock-level.ts";

/** An order where it can be held anew, or what of it cannot be. */
export type HeldAnew =
  | { readonly order: Order; readonly shortfalls?: never }
  | { readonly shortfalls: readonly Shortfall[]; readonly order?: never };

/**
 * An order whose units are free again is held where it was. Where one of them has gone since, an order whose places were Holdfast's to
 * choose is allocated anew over the places that are active now.
 */
export function heldAnew(snapshot: Snapshot, order: Order): HeldAnew {
  const shortfalls = orderShortfalls(snapshot, order);
  if (shortfalls.length === 0) return { order };
  if (order.allocatedBy === undefined) return { shortfalls };
  const source = {
    levelAt: (sku: Sku, place: LocationId) => snapshot.levels.get(levelKey(sku, place)),
    limitOf: (sku: Sku) => lateLimitFor(snapshot, order, sku),
  };
  const places = promisingPlaces(snapshot.locations.values());
  const anew = allocate(anywhere(order), places, source, order.allocatedBy);
  if (anew.lines === undefined) return { shortfalls: anew.shortfalls };
  return { order: movedTo(order, atPlaces(anew.lines)) };
}

/** An order with its units at other places. What a replay of its placing answers stays where they were first. */
export function movedTo(order: Order, where: AtPlaces): Order {
  if (isAt(order, where)) return order;
  const { locationId, lines, firstPlaces, ...rest } = order;
  const kept = new Map(lines.map((line) => [line.sku, line]));
  const owed = new Map<Sku, number>();
  for (const { sku, backorderedQuantity = 0 } of lines) owed.set(sku, (owed.get(sku) ?? 0) + backorderedQuantity);
  return {
    ...rest,
    ...(where.locationId !== undefined && { locationId: where.locationId }),
    lines: where.lines.map((line) => {
      const ordered = kept.get(line.sku);
      assert(ordered !== undefined, `${order.id} is held anew with ${line.sku}, which it has not`);
      const { name, unitPrice, releaseAt, purchaseWindowSeconds, backorderedQuantity } = ordered;
      return {
        ...line,
        name,
        unitPrice,
        ...(releaseAt !== undefined && { releaseAt }),
        ...(purchaseWindowSeconds !== undefined && { purchaseWindowSeconds }),
        // What was not there at checkout counts for the order's whole quantity of it: it is shared out anew.
        ...(backorderedQuantity !== undefined && { backorderedQuantity: takeOwed(owed, line) }),
      };
    }),
    firstPlaces: firstPlaces ?? { ...(locationId !== undefined && { locationId }), lines },
  };
}

function takeOwed(owed: Map<Sku, number>, { sku, quantity }: StockLine): number {
  const left = owed.get(sku) ?? 0;
  const units = Math.min(left, quantity);
  owed.set(sku, left - units);
  return units;
}

function isAt(order: Order, where: AtPlaces): boolean {
  if (order.locationId !== where.locationId || order.lines.length !== where.lines.length) return false;
  return order.lines.every((line, index) => {
    const other = where.lines[index];
    return line.sku === other?.sku && line.locationId === other.locationId && line.quantity === other.quantity;
  });
}

/** What an order that may be held anew leads to: `behind`, what may move with it anyway, and, if its places may be others, what is there. */
export function behindHeldAnew(
  command: { readonly orderId: string },
  found: Pick<Tables, "orders" | "locations">,
  behind: CommandReads,
): CommandReads {
  const order = found.orders.get(command.orderId);
  if (order?.allocatedBy === undefined || order.status === "CONFIRMED" || order.status === "CANCELLED") return behind;
  const elsewhere = levelsAt(promisingPlaces(found.locations.values()), anywhere(order));
  return { ...behind, levels: [...(behind.levels ?? []), ...elsewhere], lists: ["activeLocations"] };
}

function anywhere({ lines }: Order) {
  return mergeLines(lines.map(({ sku, quantity }) => ({ sku, quantity })));
}
