import type { Instant } from "../ids.ts";

// What a stored value has to be. Every check is a comparison and no more: each batch runs them on all that it reads.

/** A value of a record, by its field. */
export type Fields = Readonly<Record<string, unknown>>;

export const mustBeCount = "must be a whole number, 0 or more";
export const mustBeInteger = "must be a whole number";
export const mustBeInstant = "must be an instant";
export const mustBeText = "must be a text";

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Absent, or a text. `null` is neither: nothing of ours writes it. */
export function isTextIfThere(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whole and above zero. */
export function isQuantity(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** As far as the 48 bits of an id that sorts by time reach (the year 10889): a later one could be followed by no new id. */
const instantMax = 2 ** 48 - 1;

/** Whole milliseconds since 1970 that a clock can have shown. */
export function isInstant(value: unknown): value is Instant {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= instantMax;
}

export function isMoney(value: unknown): boolean {
  return isFields(value) && isCount(value["amount"]) && isText(value["currency"]);
}

export function isClaimIfThere(value: unknown): boolean {
  return value === undefined || (isFields(value) && isText(value["key"]) && isText(value["fingerprint"]));
}

/** The idempotency key that a record shows, however broken the rest of it is. */
export function claimKeyIn(record: unknown): string | undefined {
  const claim = isFields(record) ? record["claim"] : undefined;
  const key = isFields(claim) ? claim["key"] : undefined;
  return isText(key) ? key : undefined;
}
