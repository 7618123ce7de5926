import type { LocationId, Sku } from "../ids.ts";
import type { StockFigures } from "../stock-level.ts";
import { isCount, isFields, isInteger, isText, mustBeCount, mustBeInteger, mustBeText } from "./field-checks.ts";

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
  return undefined;
}

/** The same of a change of a level's counters. */
export function figuresFault(figures: unknown): string | undefined {
  if (!isFields(figures)) return "must be the three counters";
  for (const counter of ["totalStock", "reservedStock", "committedStock"] satisfies (keyof StockFigures)[]) {
    if (!isInteger(figures[counter])) return `${counter} ${mustBeInteger}`;
  }
  return undefined;
}

/** The level that a `levelKey` names. */
export function levelNameOf(key: string): { readonly sku: Sku; readonly locationId: LocationId } {
  const at = key.indexOf("@");
  return { sku: key.slice(0, at) as Sku, locationId: key.slice(at + 1) as LocationId };
}
