import { isFields, isText } from "./stored/field-checks.ts";

/** Short texts by name, which a shop keeps with an order for itself. */
export type Metadata = Readonly<Record<string, string>>;

/** What a shop writes on an order for itself and finds it by. No rule reads it. */
export interface OrderDetails {
  /** The shop's own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Never empty. */
  readonly metadata?: Metadata;
}

/** A change of details: what is left out stays, and `null` takes away. */
export interface DetailsChange {
  readonly reference?: string | null;
  /** Entry by entry; `null` in place of all takes all of them away. */
  readonly metadata?: Readonly<Record<string, string | null>> | null;
}

/** One text of an order's metadata: what lists find the order by. */
export type MetadataEntry = { readonly name: string; readonly value: string };

/** What the name of an entry looks like: `$` and `.` mean something to databases, and `:` ends a name in a search. */
export const metadataNamePattern = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Most orders have none. */
const none: readonly never[] = [];

export function metadataEntries({ metadata }: OrderDetails): readonly MetadataEntry[] {
  return metadata === undefined ? none : Object.entries(metadata).map(([name, value]) => ({ name, value }));
}

/** The characters of all names and values. */
export function metadataSize(metadata: Readonly<Record<string, string | null>>): number {
  return Object.entries(metadata).reduce((size, [name, value]) => size + name.length + (value?.length ?? 0), 0);
}

/** The details among the fields of an order, and only those that are there. */
export function detailsOf({ reference, metadata }: OrderDetails): OrderDetails {
  return { ...(reference !== undefined && { reference }), ...(metadata !== undefined && { metadata }) };
}

export function changedDetails(before: OrderDetails, change: DetailsChange): OrderDetails {
  const { reference = before.reference } = change;
  const metadata = changedMetadata(before.metadata, change.metadata);
  return detailsOf({ ...(reference !== null && { reference }), metadata } as OrderDetails);
}

function changedMetadata(before: Metadata = {}, change: DetailsChange["metadata"] = {}): Metadata | undefined {
  const texts = new Map<string, string | null>(
    change === null ? [] : [...Object.entries(before), ...Object.entries(change)],
  );
  const kept = [...texts].filter((entry): entry is [string, string] => entry[1] !== null);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

export function areSameDetails(one: OrderDetails, other: OrderDetails): boolean {
  const [some, others] = [one.metadata ?? {}, other.metadata ?? {}];
  const names = Object.keys(some);
  return (
    one.reference === other.reference &&
    names.length === Object.keys(others).length &&
    names.every((name) => Object.hasOwn(others, name) && some[name] === others[name])
  );
}

/** Absent, or texts by name. */
export function isMetadataIfThere(value: unknown): boolean {
  return value === undefined || (isFields(value) && !Array.isArray(value) && Object.values(value).every(isText));
}
