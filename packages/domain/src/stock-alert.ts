import type { Balances } from "./stock-level.ts";

/** What a level with a threshold is said to be: few units are available, or none. */
export const stockAlerts = ["LOW", "OUT"] as const;
export type StockAlert = (typeof stockAlerts)[number];

type Available = (level: Balances) => number;

/**
 * A level after a movement, with what it is to be called from then on: low or out at once, and back only when that lasts (see ADR
 * 0032). A level without a threshold is never called anything, and costs nothing. `availableStock`: of stock-level.ts, which calls this.
 */
export function alerted<Level extends Balances>(before: Balances, after: Level, availableStock: Available): Level {
  const { stockAlert } = after;
  if (after.lowStockThreshold === undefined && stockAlert === undefined) return after;
  const next = alertAfter(before, after, availableStock);
  if (next === stockAlert) return after;
  const { stockAlert: _alert, ...rest } = after;
  return { ...rest, ...(next !== undefined && { stockAlert: next }) } as Level;
}

function alertAfter(before: Balances, after: Balances, availableStock: Available): StockAlert | undefined {
  const { stockAlert, lowStockThreshold } = after;
  if (lowStockThreshold === undefined) return undefined;
  const available = availableStock(after);
  if (available <= 0) return "OUT";
  const plain = available <= lowStockThreshold ? "LOW" : undefined;
  if (stockAlert === undefined || isNews(before, after, availableStock)) return plain;
  // All that has happened is that a reservation came or went, or was paid.
  if (available <= after.reservedStock) return stockAlert;
  if (stockAlert === "OUT") return plain;
  return available > backAbove(lowStockThreshold) ? undefined : "LOW";
}

/** Whether a person did it: units have come that were not just held, or the threshold is another one. */
function isNews(before: Balances, after: Balances, availableStock: Available): boolean {
  const unsold = (level: Balances) => availableStock(level) + level.reservedStock;
  return after.lowStockThreshold !== before.lowStockThreshold || unsold(after) > unsold(before);
}

/** Above how many available units a level is low no more by reservations alone: half as many again as its threshold. */
function backAbove(lowStockThreshold: number): number {
  return lowStockThreshold + Math.ceil(lowStockThreshold / 2);
}
