import { type Fields, isFields, isQuantity } from "./field-checks.ts";

/** Makes an entry of the next version. Gets what was stored, and may throw where that is damaged. */
export type Upcaster = (entry: Fields) => Fields;

/**
 * How entries of earlier versions are read: the first upcaster makes version 2 of version 1, the next one 3 of 2. The journal is never
 * rewritten, so none of them is ever taken away. A new version is read by one release before the next release writes it:
 * until then it could be shown by an older process, which cannot read it.
 */
export const upcasters: readonly Upcaster[] = [];

/** The version in which entries are written. The first is not written down: it costs no byte, and no entry before it says one. */
export const journalVersion = upcasters.length + 1;

/** An entry in the newest of the known versions, without its number; or why there is none. */
export function upcast(stored: unknown, known: readonly Upcaster[]): unknown {
  if (!isFields(stored)) return stored;
  const { version = 1, ...entry } = stored;
  if (!isQuantity(version)) return "version must be a whole number, 1 or more";
  if (version > known.length + 1) return "was written by a later version, in a form that this one does not know";
  if (stored["version"] === undefined && known.length === 0) return stored;
  try {
    return known.slice(version - 1).reduce<Fields>((older, upcaster) => upcaster(older), entry);
  } catch {
    return "cannot be brought from its version to today's";
  }
}
