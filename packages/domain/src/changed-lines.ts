import type { StockLine } from "./cart.ts";
import type { Quantity, Sku } from "./ids.ts";
import type { FirstOrder, Order } from "./order.ts";

/** How many units more, or fewer, of a SKU. */
export interface LineDifference {
  readonly sku: Sku;
  readonly units: number;
}

/** What leads from one order's lines to another's, SKU by SKU: without those that stay. Both have one line a SKU. */
export function lineDifferences(before: readonly StockLine[], after: readonly StockLine[]): LineDifference[] {
  const units = new Map<Sku, number>(after.map(({ sku, quantity }) => [sku, quantity]));
  for (const { sku, quantity } of before) units.set(sku, (units.get(sku) ?? 0) - quantity);
  return [...units].filter(([, more]) => more !== 0).map(([sku, more]) => ({ sku, units: more }));
}

/** Of each SKU, the units that an order has. */
export function unitsBySku(lines: readonly StockLine[]): ReadonlyMap<Sku, Quantity> {
  return new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
}

/** The order with other lines. What it was placed with is kept once, however often it changes: a replay answers it. */
export function withLines(order: Order, { lines, total }: Pick<Order, "lines" | "total">): Order {
  const cart: FirstOrder["cart"] = order.first?.cart ?? { lines: order.lines, total: order.total };
  return { ...order, version: order.version + 1, lines, total, first: { ...order.first, cart } };
}
