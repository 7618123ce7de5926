import { type Adjustment, type AdjustmentReason, adjustmentReasons } from "../adjustment.ts";
import {
  claimKeyIn,
  isClaimIfThere,
  isFields,
  isInstant,
  isInteger,
  isText,
  isTextIfThere,
  mustBeInstant,
  mustBeInteger,
  mustBeText,
} from "./field-checks.ts";
import { levelFault } from "./read-level.ts";
import { type Read, Unreadable } from "./unreadable.ts";

const reasons: ReadonlySet<unknown> = new Set<AdjustmentReason>([...adjustmentReasons, "initial"]);

/** A stored adjustment, by its id. */
export function readAdjustment(id: string, stored: unknown, claimKey?: string): Read<Adjustment> {
  const fault =
    adjustmentFault(stored) ?? ((stored as Adjustment).id === id ? undefined : "id must be that of its key");
  if (fault === undefined) return stored as Adjustment;
  return new Unreadable("adjustment", id, fault, claimKey ?? claimKeyIn(stored));
}

/** What is wrong with an adjustment, wherever it stands; `undefined` where nothing is. */
export function adjustmentFault(adjustment: unknown): string | undefined {
  if (!isFields(adjustment)) return "must be an adjustment";
  if (!isText(adjustment["id"])) return `id ${mustBeText}`;
  if (!isText(adjustment["sku"])) return `sku ${mustBeText}`;
  if (!isText(adjustment["locationId"])) return `locationId ${mustBeText}`;
  if (!isInteger(adjustment["delta"])) return `delta ${mustBeInteger}`;
  if (!reasons.has(adjustment["reason"])) return "reason must be one of those there are";
  if (!isTextIfThere(adjustment["reference"])) return `reference ${mustBeText}`;
  if (!isText(adjustment["actor"])) return `actor ${mustBeText}`;
  if (!isInstant(adjustment["at"])) return `at ${mustBeInstant}`;
  const after = levelFault(adjustment["after"]);
  if (after !== undefined) return `after: ${after}`;
  if (!isClaimIfThere(adjustment["claim"])) return "claim must be a key and a fingerprint";
  return undefined;
}
