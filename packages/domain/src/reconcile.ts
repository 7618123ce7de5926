import { addSums, noSums, type StoredLevel, type Sums, sameSums } from "./fold.ts";
import type { LocationId, Sku } from "./ids.ts";
import {
  figuresAfter,
  incomingIn,
  plainLevel,
  type StockFigures,
  type StockLevel,
  unsellableIn,
} from "./stock-level.ts";
import { isReadable, type Read } from "./stored/unreadable.ts";
import { figuresOf } from "./tally.ts";

/** A stock level beside the same figures worked out anew. */
export interface Recount {
  readonly level: StoredLevel;
  /** The sums of what orders, fulfilments and adjustments contribute to it. */
  readonly sources: StockFigures;
  /** All that was added up, before anything of its own batch has moved it. */
  readonly sums: Sums;
  /** The level as the journal's last entry on it left it, where that entry can be read. */
  readonly journalled: Read<StockLevel>;
  /** Its fold was not trusted, and is not what its orders and adjustments add up to. */
  readonly foldIsWrong?: true;
}

/**
 * How far a recount trusts a level's fold, which hides whatever someone has changed of the orders in it. "unless drift": what does not
 * add up is added up from the beginning before it is reported.
 */
export type Trust = "always" | "unless drift" | "never";

/**
 * A level's recount. `behind`: the sums of what is not in its fold. `folded`: of what is; its fold is trusted where they are left
 * out.
 */
export function recountOf(level: StoredLevel, journalled: Read<StockLevel>, behind: Sums, folded?: Sums): Recount {
  const { fold } = level;
  const sums = addSums(behind, folded ?? fold ?? noSums);
  const recount = { level, sources: figuresOf(sums.units), sums, journalled };
  return folded === undefined || sameSums(folded, fold ?? noSums) ? recount : { ...recount, foldIsWrong: true };
}

/** Whether a recount by a level's fold is enough. */
export function isEnough(recount: Recount, trust: Trust): boolean {
  if (trust === "always" || recount.level.fold === undefined) return true;
  return trust === "unless drift" && driftOf(recount).length === 0;
}

/** A figure that does not add up. Always empty, unless someone edited the database or Holdfast has a bug. */
export interface Drift {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly counter: keyof StockFigures | "version";
  readonly source: "orders" | "adjustments" | "transfers" | "journal";
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
    ["unsellableStock", "adjustments", unsellableIn(sources)],
    ["incomingStock", "transfers", incomingIn(sources)],
    ...(isReadable(journalled) ? journalChecks(journalled) : []),
  ] as const;
  return checks.flatMap(([counter, source, expected]) => {
    const counted = level[counter] ?? 0;
    return counted === expected ? [] : [{ sku, locationId, counter, source, counted, expected }];
  });
}

function journalChecks(journalled: StockLevel) {
  return [
    ["totalStock", "journal", journalled.totalStock],
    ["reservedStock", "journal", journalled.reservedStock],
    ["committedStock", "journal", journalled.committedStock],
    ["unsellableStock", "journal", unsellableIn(journalled)],
    ["incomingStock", "journal", incomingIn(journalled)],
    ["version", "journal", journalled.version],
  ] as const;
}

/** The recount after a movement that led the level to `level`, and its sources by `moved`. */
export function movedRecount(recount: Recount, level: StoredLevel, moved: StockFigures): Recount {
  return { ...recount, level, sources: figuresAfter(recount.sources, moved), journalled: plainLevel(level) };
}
