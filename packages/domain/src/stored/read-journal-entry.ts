import type { EventRow } from "../event-row.ts";
import { eventRows } from "../event-rows.ts";
import type { Instant } from "../ids.ts";
import type { JournalEntry } from "../journal.ts";
import { isFields, isInstant, isText, mustBeInstant, mustBeText } from "./field-checks.ts";
import { type Upcaster, upcast, upcasters } from "./journal-versions.ts";
import { levelFault } from "./read-level.ts";
import { type Read, Unreadable } from "./unreadable.ts";

const rows: ReadonlyMap<unknown, Pick<EventRow<never>, "fault">> = new Map(Object.entries(eventRows));

/** A stored journal entry of any version, by its id. */
export const readJournalEntry = journalReader(upcasters);

/** Reads entries of every version up to the one that the last upcaster makes. */
export function journalReader(known: readonly Upcaster[]): (id: string, stored: unknown) => Read<JournalEntry> {
  return (id, stored) => {
    const entry = upcast(stored, known);
    const fault = typeof entry === "string" ? entry : entryFault(id, entry);
    return fault === undefined ? (entry as JournalEntry) : new Unreadable("journal_entry", id, fault);
  };
}

function entryFault(id: string, entry: unknown): string | undefined {
  if (!isFields(entry)) return "must be a journal entry";
  if (entry["id"] !== id) return "id must be that of its key";
  if (!isInstant(entry["at"])) return `at ${mustBeInstant}`;
  const { records, levelsBefore } = entry;
  if (!Array.isArray(records) || records.length === 0) return "records must be a list of at least one";
  if (!Array.isArray(levelsBefore)) return "levelsBefore must be a list";
  for (const record of records as readonly unknown[]) {
    const fault = recordFault(record);
    if (fault !== undefined) return `records: ${fault}`;
  }
  for (const level of levelsBefore as readonly unknown[]) {
    const fault = levelFault(level);
    if (fault !== undefined) return `levelsBefore: ${fault}`;
  }
  return undefined;
}

function recordFault(record: unknown): string | undefined {
  if (!isFields(record)) return "must be events";
  if (!isText(record["actor"])) return `actor ${mustBeText}`;
  // An event that has no row was written by a later version.
  const row = rows.get(record["type"]);
  return row === undefined ? "type must be one of those there are" : row.fault(record);
}

/** When an entry was written, as far as it says; the end of time where it does not, which is where it is listed then. */
export function instantOfEntry(stored: unknown): Instant {
  const when = isFields(stored) ? stored["at"] : undefined;
  return isInstant(when) ? when : (Number.MAX_SAFE_INTEGER as Instant);
}
