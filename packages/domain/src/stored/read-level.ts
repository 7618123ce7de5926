import type { Fold, StoredLevel, Sums } from "../fold.ts";
import type { LocationId, Sku } from "../ids.ts";
import { stockAlerts } from "../stock-alert.ts";
import { emptyLevel, plainLevel, type StockFigures, type StockLevel } from "../stock-level.ts";
import { noTally, type Tally, tallyNames } from "../tally.ts";
import {
  type Fields,
  isCount,
  isFields,
  isInteger,
  isText,
  mustBeCount,
  mustBeInteger,
  mustBeText,
} from "./field-checks.ts";
import { isReadable, type Read } from "./unreadable.ts";

/** What is wrong with a level as its store keeps it. A fold is never wrong: see `withSoundFold`. */
export function storedLevelFault(stored: unknown): string | undefined {
  const fault = levelFault(stored);
  if (fault !== undefined) return fault;
  const { folds } = stored as Fields;
  return folds === undefined || isCount(folds) ? undefined : `folds ${mustBeCount}`;
}

/**
 * A stored level with its fold in today's form. One that is no fold is left out: the level still sells, and is added up from the
 * beginning. Earlier versions fold less than this one, and have no sums of what they do not know.
 */
export function withSoundFold(level: StoredLevel): StoredLevel {
  if (level.fold === undefined) return level;
  if (isFold(level.fold)) {
    const { units, counts } = level.fold;
    if (tallyNames.every((name) => name in units && name in counts)) return level;
    return { ...level, fold: { ...level.fold, units: { ...noTally, ...units }, counts: { ...noTally, ...counts } } };
  }
  const { fold: _fold, ...unfolded } = level;
  return unfolded;
}

/** Sums of a fold that may be of an earlier version. */
type EarlierSums = { readonly [S in keyof Sums]: StockFigures & Partial<Tally> };

function isFold(fold: unknown): fold is Omit<Fold, keyof Sums> & EarlierSums {
  if (!isFields(fold) || !isCount(fold["version"]) || !isFields(fold["through"])) return false;
  for (const name in fold["through"]) if (!isText(fold["through"][name])) return false;
  return isTally(fold["units"]) && isTally(fold["counts"]);
}

function isTally(sums: unknown): boolean {
  if (figuresFault(sums) !== undefined) return false;
  const fields = sums as Fields;
  return tallyNames.every((name) => fields[name] === undefined || isInteger(fields[name]));
}

/** What is wrong with a level, wherever it stands; `undefined` where nothing is. */
export function levelFault(level: unknown): string | undefined {
  if (!isFields(level)) return "must be a stock level";
  if (!isText(level["sku"])) return `sku ${mustBeText}`;
  if (!isText(level["locationId"])) return `locationId ${mustBeText}`;
  if (!isCount(level["version"])) return `version ${mustBeCount}`;
  if (!isCount(level["totalStock"])) return `totalStock ${mustBeCount}`;
  if (!isCount(level["reservedStock"])) return `reservedStock ${mustBeCount}`;
  if (!isCount(level["committedStock"])) return `committedStock ${mustBeCount}`;
  if (!isCount(level["safetyStock"])) return `safetyStock ${mustBeCount}`;
  for (const field of ["unsellableStock", "incomingStock", "lowStockThreshold"]) {
    if (level[field] !== undefined && !isCount(level[field])) return `${field} ${mustBeCount}`;
  }
  const { stockAlert } = level;
  if (stockAlert !== undefined && !stockAlerts.some((alert) => alert === stockAlert)) {
    return `stockAlert must be ${stockAlerts.join(" or ")}`;
  }
  return undefined;
}

/** The same of a change of a level's counters. */
export function figuresFault(figures: unknown): string | undefined {
  if (!isFields(figures)) return "must be the counters";
  for (const counter of ["totalStock", "reservedStock", "committedStock"] satisfies (keyof StockFigures)[]) {
    if (!isInteger(figures[counter])) return `${counter} ${mustBeInteger}`;
  }
  for (const counter of ["unsellableStock", "incomingStock"] satisfies (keyof StockFigures)[]) {
    if (figures[counter] !== undefined && !isInteger(figures[counter])) return `${counter} ${mustBeInteger}`;
  }
  return undefined;
}

/** A level as its store has found it, without what only the store needs. */
export function plainRead(level: Read<StoredLevel>): Read<StockLevel> {
  return isReadable(level) ? plainLevel(level) : level;
}

/** The level that a `levelKey` names. */
export function levelNameOf(key: string): { readonly sku: Sku; readonly locationId: LocationId } {
  const at = key.lastIndexOf("@");
  return { sku: key.slice(0, at) as Sku, locationId: key.slice(at + 1) as LocationId };
}

/** What a recount of a level that is not there begins from, by its `levelKey`: it never was, or someone has deleted it. */
export function missingLevel(key: string): StockLevel {
  const { sku, locationId } = levelNameOf(key);
  return emptyLevel(sku, locationId);
}
