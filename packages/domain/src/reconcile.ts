import type { LocationId, Sku } from "./ids.ts";
import { figuresAfter, type StockFigures, type StockLevel } from "./stock-level.ts";
import { isReadable, type Read } from "./stored/unreadable.ts";

/** A stock level beside the same figures worked out anew. */
export interface Recount {
  readonly level: StockLevel;
  /** The sums of what orders and adjustments contribute to it. */
  readonly sources: StockFigures;
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
export function driftOf({ level, sources, journalled }: Recount): Drift[] {
  const { sku, locationId } = level;
  const checks = [
    ["reservedStock", "orders", sources.reservedStock],
    ["committedStock", "orders", sources.committedStock],
    ["totalStock", "adjustments", sources.totalStock],
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

/** The recount after a movement that led the level to `level`, and its sources by `moved`. */
export function movedRecount({ sources }: Recount, level: StockLevel, moved: StockFigures): Recount {
  return { level, sources: figuresAfter(sources, moved), journalled: level };
}
