import { assert, Bug } from "./bug.ts";
import type { Cause } from "./event-row.ts";
import { rowOf } from "./event-rows.ts";
import type { Event } from "./events.ts";
import type { Instant } from "./ids.ts";
import { type JournalEntry, levelsAtStart } from "./journal.ts";
import { levelChanges } from "./journal-record.ts";
import { type LevelChange, type LevelName, levelKey, move, plainLevel, type StockLevel } from "./stock-level.ts";
import { type Read, Unreadable } from "./stored/unreadable.ts";

/** One change of one stock level, with its reason, actor and balances after. */
export interface Movement extends Cause {
  readonly at: Instant;
  readonly change: LevelChange;
  /** The balances after it. Its `version` numbers the movements of this level without a gap. */
  readonly after: StockLevel;
}

/** The movements of one commit, oldest first: its records folded over the levels it started from. */
export function movementsOf(entry: JournalEntry): Movement[] {
  const levels = levelsAtStart(entry);
  const movements: Movement[] = [];
  for (const record of entry.records) {
    for (const change of levelChanges(record)) {
      const key = levelKey(change.sku, change.locationId);
      const before = levels.get(key);
      assert(before !== undefined, `journal entry ${entry.id} moves a level it does not name`);
      const after = move(before, change);
      levels.set(key, after);
      movements.push({ at: entry.at, ...rowOf(record).cause(record as Event), change, after: plainLevel(after) });
    }
  }
  return movements;
}

/**
 * What folding an entry gives. An entry whose figures do not follow from one another cannot be read either: each of its
 * events was possible when it was written.
 */
export function readFolded<Value>(entry: JournalEntry, fold: (entry: JournalEntry) => Value): Read<Value> {
  try {
    return fold(entry);
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    return new Unreadable("journal_entry", entry.id, error.message);
  }
}

/** A level as a journal entry that names it left it. */
export function balanceAfter(entry: JournalEntry, level: LevelName): Read<StockLevel> {
  return readFolded(entry, () => balanceOf(entry, level));
}

function balanceOf(entry: JournalEntry, { sku, locationId }: LevelName): StockLevel {
  const level = levelsAtStart(entry).get(levelKey(sku, locationId));
  assert(level !== undefined, `journal entry ${entry.id} does not name ${sku} at ${locationId}`);
  const last = movementsOf(entry).findLast(({ after }) => after.sku === sku && after.locationId === locationId);
  return last?.after ?? level;
}
