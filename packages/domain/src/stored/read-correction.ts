import type { Correction } from "../correction.ts";
import { claimKeyIn, isClaimIfThere, isFields, isInstant, isText, mustBeInstant, mustBeText } from "./field-checks.ts";
import { figuresFault, levelFault } from "./read-level.ts";
import { type Read, Unreadable } from "./unreadable.ts";

/** A stored correction, by its id. */
export function readCorrection(id: string, stored: unknown, claimKey?: string): Read<Correction> {
  const fault =
    correctionFault(stored) ?? ((stored as Correction).id === id ? undefined : "id must be that of its key");
  if (fault === undefined) return stored as Correction;
  return new Unreadable("correction", id, fault, claimKey ?? claimKeyIn(stored));
}

/** What is wrong with a correction, wherever it stands; `undefined` where nothing is. */
export function correctionFault(correction: unknown): string | undefined {
  if (!isFields(correction)) return "must be a correction";
  for (const field of ["id", "sku", "locationId", "reason", "actor"]) {
    if (!isText(correction[field])) return `${field} ${mustBeText}`;
  }
  if (!isInstant(correction["at"])) return `at ${mustBeInstant}`;
  const figures = figuresFault(correction["change"]) ?? levelFault(correction["after"]);
  if (figures !== undefined) return figures;
  return isClaimIfThere(correction["claim"]) ? undefined : "claim must be a key and a fingerprint";
}
