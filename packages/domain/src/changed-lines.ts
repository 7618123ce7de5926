import type { FirstOrder, Order } from "./order.ts";
import { type AtPlaces, placeOf } from "./order-places.ts";
import { type LevelName, levelKey } from "./stock-level.ts";

/** How many units more, or fewer, of a SKU from a place. */
export interface LineDifference extends LevelName {
  readonly units: number;
}

/** What leads from an order's lines to others, level by level: without those that stay. */
export function lineDifferences(before: AtPlaces, after: AtPlaces): LineDifference[] {
  const differences = new Map<string, LineDifference>();
  const count = (of: AtPlaces, sign: 1 | -1) => {
    for (const line of of.lines) {
      const [sku, locationId] = [line.sku, placeOf(line, of)];
      const key = levelKey(sku, locationId);
      const units = (differences.get(key)?.units ?? 0) + sign * line.quantity;
      differences.set(key, { sku, locationId, units });
    }
  };
  count(after, 1);
  count(before, -1);
  return [...differences.values()].filter(({ units }) => units !== 0);
}

/** What an order has instead of its lines. */
type OtherLines = Pick<Order, "locationId" | "lines" | "total" | "allocatedBy">;

/** The order with other lines. What it was placed with is kept once, however often it changes: a replay answers it. */
export function withLines(order: Order, { locationId, lines, total, allocatedBy }: OtherLines): Order {
  const { locationId: placeBefore, allocatedBy: policyBefore, ...rest } = order;
  const first = order.first?.cart ?? { lines: order.lines, total: order.total };
  // A cart that was kept before carts had places was at the place that its order has had until now.
  const isAtOnePlace = first.lines.some((line) => line.locationId === undefined);
  const cart: FirstOrder["cart"] = {
    ...(isAtOnePlace && placeBefore !== undefined && { locationId: placeBefore }),
    ...(policyBefore !== undefined && { allocatedBy: policyBefore }),
    ...first,
  };
  return {
    ...rest,
    version: order.version + 1,
    ...(locationId !== undefined && { locationId }),
    lines,
    ...(allocatedBy !== undefined && { allocatedBy }),
    total,
    first: { ...order.first, cart },
  };
}
