import { assert } from "./bug.ts";
import type { Batch } from "./decide-batch.ts";
import type { JournalRecord } from "./event-rows.ts";
import type { Instant } from "./ids.ts";
import { journalRecord } from "./journal-record.ts";
import { emptyLevel, levelKey, plainLevel, type StockLevel } from "./stock-level.ts";
import { journalVersion } from "./stored/journal-versions.ts";

/**
 * One commit: everything that happened in it, in order. The journal is append-only, and is ledger, audit trail,
 * outbox and feed in one.
 */
export interface JournalEntry {
  /** The batch's id: 26 characters that sort by time. */
  readonly id: string;
  /** Of the form in which it is stored. Left out: the first. */
  readonly version?: number;
  /** The store's clock when the batch was decided. */
  readonly at: Instant;
  readonly records: readonly JournalRecord[];
  /** Every level the batch moved, as it was before: with the records, all balances follow from it. */
  readonly levelsBefore: readonly StockLevel[];
}

/** The levels of an entry as a lookup that starts where the batch started. */
export function levelsAtStart(entry: JournalEntry): Map<string, StockLevel> {
  const levels = new Map(entry.levelsBefore.map((level) => [levelKey(level.sku, level.locationId), level]));
  assert(levels.size === entry.levelsBefore.length, `journal entry ${entry.id} names a level twice`);
  return levels;
}

/** The journal entry of a decided batch, or `undefined` where nothing happened. */
export function journalEntryOf(id: string, batch: Pick<Batch, "now" | "events" | "writes">): JournalEntry | undefined {
  if (batch.events.length === 0) return undefined;
  return {
    id,
    ...(journalVersion > 1 && { version: journalVersion }),
    at: batch.now,
    records: batch.events.map(journalRecord),
    levelsBefore: batch.writes.levels.map(({ before, after }) =>
      before === undefined ? emptyLevel(after.sku, after.locationId) : plainLevel(before),
    ),
  };
}
