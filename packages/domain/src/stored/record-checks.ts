import {
  type Fields,
  isClaimIfThere,
  isCount,
  isFields,
  isInstant,
  isInteger,
  isMoney,
  isQuantity,
  isText,
  isTextIfThere,
  mustBeCount,
  mustBeInstant,
  mustBeInteger,
  mustBeText,
} from "./field-checks.ts";

/** What is wrong with a field's value, in words that name the field; `undefined` where nothing is. */
export type Check = (value: unknown, field: string) => string | undefined;

/** A check for every field that a record may have: one that is added does not compile without. */
export type Checks<Entity> = { readonly [Field in keyof Entity]-?: Check };

function check(holds: (value: unknown) => boolean, demand: string): Check {
  return (value, field) => (holds(value) ? undefined : `${field} ${demand}`);
}

export const text = check(isText, mustBeText);
export const textIfThere = check(isTextIfThere, mustBeText);
export const integer = check(isInteger, mustBeInteger);
export const count = check(isCount, mustBeCount);
export const quantity = check(isQuantity, "must be a whole number, 1 or more");
export const countIfThere = check((value) => value === undefined || isCount(value), mustBeCount);
export const instant = check(isInstant, mustBeInstant);
export const boolean = check((value) => typeof value === "boolean", "must be true or false");
export const money = check(isMoney, "must be an amount and a currency");
export const claimIfThere = check(isClaimIfThere, "must be a key and a fingerprint");

export function oneOf(...values: readonly unknown[]): Check {
  const known = new Set(values);
  return check((value) => known.has(value), "must be one of those there are");
}

/** A text of one form. */
export function matching(form: RegExp, demand: string): Check {
  return check((value) => typeof value === "string" && form.test(value), demand);
}

/** Absent, or as it has to be. */
export function ifThere(faultIn: Check): Check {
  return (value, field) => (value === undefined ? undefined : faultIn(value, field));
}

/** Units of SKUs at places: at least one line. */
export const linesAtPlaces: Check = (value, field) => {
  if (!Array.isArray(value) || value.length === 0) return `${field} must be a list of at least one`;
  for (const line of value as readonly unknown[]) {
    const fault = lineFault(line);
    if (fault !== undefined) return `${field}: ${fault}`;
  }
  return undefined;
};

/** Units of SKUs, and what became of them: at least one line. */
export const transferLines: Check = (value, field) => {
  if (!Array.isArray(value) || value.length === 0) return `${field} must be a list of at least one`;
  for (const line of value as readonly unknown[]) {
    if (!isFields(line)) return `${field}: must be lines`;
    const fault = text(line["sku"], "sku") ?? quantity(line["quantity"], "quantity") ?? goneFault(line);
    if (fault !== undefined) return `${field}: ${fault}`;
  }
  return undefined;
};

function goneFault(line: Fields): string | undefined {
  for (const field of ["receivedQuantity", "lostQuantity", "returnedQuantity"]) {
    const fault = countIfThere(line[field], field);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function lineFault(line: unknown): string | undefined {
  if (!isFields(line)) return "must be lines";
  return text(line["sku"], "sku") ?? text(line["locationId"], "locationId") ?? quantity(line["quantity"], "quantity");
}

/** Checks a value that has fields of its own. */
export function nested(faultOf: (value: unknown) => string | undefined): Check {
  return (value, field) => {
    const fault = faultOf(value);
    return fault === undefined ? undefined : `${field}: ${fault}`;
  };
}

/** What is wrong with a record, wherever it stands. `what`: what it has to be, with its article. */
export function faultOf<Entity>(what: string, checks: Checks<Entity>): (stored: unknown) => string | undefined {
  const fields = Object.entries<Check>(checks);
  return (stored) => {
    if (!isFields(stored)) return `must be ${what}`;
    for (const [field, faultIn] of fields) {
      const fault = faultIn(stored[field], field);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}
