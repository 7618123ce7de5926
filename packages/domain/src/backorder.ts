import type { Sku } from "./ids.ts";
import type { OrderLine } from "./order.ts";
import type { Tables } from "./snapshot.ts";
import { availableStock, type Balances, type LevelChange } from "./stock-level.ts";
import { isCount, isFields, isText, mustBeCount, mustBeText } from "./stored/field-checks.ts";

/** How far below zero each level of a product may go with a promise. */
export interface BackorderLimit {
  readonly sku: Sku;
  readonly backorderLimit: number;
}

/** How far below zero a product's levels may go now, each of them. */
export function backorderLimitOf({ products }: Pick<Tables, "products">, sku: Sku): number {
  return products.get(sku)?.policies?.backorderLimit ?? 0;
}

/** Units of a level that can be promised: those that are there, and those that may be owed. Never below zero. */
export function promisable(level: Balances, backorderLimit: number): number {
  return Math.max(0, availableStock(level) + backorderLimit);
}

/** What an event that promises units says of the limits that it was decided by: so its movements can be checked without the products. */
export function backordersOf(
  tables: Pick<Tables, "products">,
  lines: readonly Pick<OrderLine, "sku">[],
): { readonly backorders?: readonly BackorderLimit[] } {
  let backorders: BackorderLimit[] | undefined;
  for (const { sku } of lines) {
    const backorderLimit = backorderLimitOf(tables, sku);
    if (backorderLimit === 0 || backorders?.some((each) => each.sku === sku)) continue;
    backorders ??= [];
    backorders.push({ sku, backorderLimit });
  }
  return backorders === undefined ? {} : { backorders };
}

/** Movements of an event with the limits that it says. */
export function allowing(changes: LevelChange[], backorders: readonly BackorderLimit[] | undefined): LevelChange[] {
  if (backorders === undefined) return changes;
  const limits = new Map(backorders.map(({ sku, backorderLimit }) => [sku, backorderLimit]));
  return changes.map((change) => {
    const backorderLimit = limits.get(change.sku);
    return backorderLimit === undefined ? change : { ...change, backorderLimit };
  });
}

/** What a line keeps of its product's backorders. `levelOf`: where its units come from, as it was before. */
export function backordered(
  tables: Pick<Tables, "products">,
  { sku, quantity }: Pick<OrderLine, "sku" | "quantity">,
  levelOf: () => Balances | undefined,
): Pick<OrderLine, "backorderedQuantity"> {
  if (backorderLimitOf(tables, sku) === 0) return {};
  const level = levelOf();
  const there = level === undefined ? 0 : promisable(level, 0);
  return { backorderedQuantity: Math.max(0, quantity - there) };
}

/**
 * The lines of an order that may be owed when it is sold late: those whose product took backorders at checkout, within its limit of that
 * moment. The others may not, so that an order whose products took none need not look at them again.
 */
export function backordersIn<Line extends Pick<OrderLine, "backorderedQuantity">>(lines: readonly Line[]): Line[] {
  return lines.filter(({ backorderedQuantity }) => backorderedQuantity !== undefined);
}

/** How many units each level of a product may owe for an order's line that is sold late. */
export function lateLimitOf(
  tables: Pick<Tables, "products">,
  { sku, backorderedQuantity }: Pick<OrderLine, "sku" | "backorderedQuantity">,
): number {
  return backorderedQuantity === undefined ? 0 : backorderLimitOf(tables, sku);
}

/** What is wrong with the limits that an event says. */
export function backordersFault(backorders: unknown): string | undefined {
  if (backorders === undefined) return undefined;
  if (!Array.isArray(backorders)) return "backorders must be a list";
  for (const each of backorders as readonly unknown[]) {
    if (!isFields(each)) return "backorders must be limits";
    if (!isText(each["sku"])) return `backorders: sku ${mustBeText}`;
    if (!isCount(each["backorderLimit"])) return `backorders: backorderLimit ${mustBeCount}`;
  }
  return undefined;
}
