import type { Excess } from "./commands/fulfil-order.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import type { Order, OrderLine } from "./order.ts";
import { placedLines } from "./order-places.ts";

/** Units of a SKU of an order. Without a place: from where the order has them. */
export interface AskedLine {
  readonly sku: Sku;
  readonly locationId?: LocationId | undefined;
  readonly quantity: Quantity;
}

type Placed<Line> = Omit<Line, "locationId"> & PlacedLine;

/**
 * Finds the places of units that were asked for: those of a named place there, and then the others at the order's places, in their order.
 * `most`: how many units a line has to give. The excesses are what was asked for beyond that; where there are some, the lines lack it.
 */
export function sharedOut<Line extends AskedLine>(
  order: Order,
  asked: readonly Line[],
  most: (line: OrderLine) => number,
): { readonly lines: readonly Placed<Line>[]; readonly excesses: readonly Excess[] } {
  const giving = placedLines(order).map((line) => ({ ...line, left: most(line) }));
  const excesses = new Map<string, { -readonly [Field in keyof Excess]: Excess[Field] }>();
  const taken = new Map<Line, readonly Placed<Line>[]>();
  const named = asked.filter(({ locationId }) => locationId !== undefined);
  const others = asked.filter(({ locationId }) => locationId === undefined);
  for (const line of [...named, ...others]) {
    const { sku, locationId = order.locationId } = line;
    const from = giving.filter((each) => each.sku === sku && (locationId ?? each.locationId) === each.locationId);
    const key = JSON.stringify([sku, locationId]);
    const open = from.reduce((sum, { left }) => sum + left, 0);
    const asks = excesses.get(key) ?? { sku, ...(locationId !== undefined && { locationId }), requested: 0, open };
    asks.requested += line.quantity;
    excesses.set(key, asks);
    let missing: number = line.quantity;
    const takes = from.flatMap((each): Placed<Line>[] => {
      const units = Math.min(missing, each.left);
      if (units === 0) return [];
      missing -= units;
      each.left -= units;
      return [{ ...line, locationId: each.locationId, quantity: units as Quantity }];
    });
    taken.set(line, takes);
  }
  return {
    lines: asked.flatMap((line) => taken.get(line) ?? []),
    excesses: [...excesses.values()].filter(({ requested, open }) => requested > open),
  };
}
