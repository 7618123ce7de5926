import type { LocationId, Sku } from "./ids.ts";
import type { StockFigures, StockLevel } from "./stock-level.ts";
import { isReadable, type Read } from "./stored/unreadable.ts";

/** A stock level beside the same figures worked out anew from orders and ledger. */
export interface Recount {
  readonly level: StockLevel;
  /** Sum of the lines of PENDING_PAYMENT orders. */
  readonly heldByOrders: number;
  /** Sum of the lines of CONFIRMED orders. */
  readonly soldByOrders: number;
  /** Sum of all adjustments. */
  readonly adjusted: number;
  /** The level as the journal's last entry on it left it, where that entry can be read. */
  readonly journalled: Read<StockLevel>;
}

/** A figure that does not add up. Always empty, unless someone edited the database or Holdfast has a bug. */
export interface Drift {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly counter: "totalStock" | "reservedStock" | "committedStock" | "version";
  readonly source: "orders" | "adjustments" | "journal";
  /** What the stock level says. */
  readonly counted: number;
  /** What the source adds up to. */
  readonly expected: number;
}

/** Every figure of a level that differs from what its source adds up to. */
export function driftOf({ level, heldByOrders, soldByOrders, adjusted, journalled }: Recount): Drift[] {
  const { sku, locationId } = level;
  const checks = [
    ["reservedStock", "orders", heldByOrders],
    ["committedStock", "orders", soldByOrders],
    ["totalStock", "adjustments", adjusted],
    ...(isReadable(journalled) ? journalChecks(journalled) : []),
  ] as const;
  return checks.flatMap(([counter, source, expected]) =>
    level[counter] === expected ? [] : [{ sku, locationId, counter, source, counted: level[counter], expected }],
  );
}

function journalChecks(journalled: StockLevel) {
  return [
    ["totalStock", "journal", journalled.totalStock],
    ["reservedStock", "journal", journalled.reservedStock],
    ["committedStock", "journal", journalled.committedStock],
    ["version", "journal", journalled.version],
  ] as const;
}

/** What a level's counters should be: its orders and adjustments added up. */
export function sourcesOf({ adjusted, heldByOrders, soldByOrders }: Recount): StockFigures {
  return { totalStock: adjusted, reservedStock: heldByOrders, committedStock: soldByOrders };
}

/** The recount after a movement that led the level to `level`, and its sources by `moved`. */
export function movedRecount(recount: Recount, level: StockLevel, moved: StockFigures): Recount {
  return {
    level,
    heldByOrders: recount.heldByOrders + moved.reservedStock,
    soldByOrders: recount.soldByOrders + moved.committedStock,
    adjusted: recount.adjusted + moved.totalStock,
    journalled: level,
  };
}
