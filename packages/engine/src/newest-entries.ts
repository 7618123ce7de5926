import { isReadable, type JournalEntry, type Read, Unreadable } from "@holdfast/domain";
import { decodeTime } from "ulid";

/** How many of a journal's newest entries say what time it was: a few, so that one of them may be wrong. */
export const newestEntriesRead = 8;

/**
 * How much later than the clock and its own id an entry may be dated. On MongoDB ids are made by an API's clock and `at` is the
 * server's, and two machines may differ by an hour where one of them has its time zone wrong.
 */
export const aheadMsMax = 3_600_000;

/** What the newest entries of a journal say of the time. */
export interface NewestEntries {
  /** When the last commit was, as far as it can be believed; 0 where none can. */
  readonly at: number;
  /** Entries that are dated so far ahead that someone must have edited them. */
  readonly doubtful: readonly Unreadable[];
}

/**
 * Finds out when a store has come to, from its newest entries and the clock that it follows. An entry is believed if its id, which was
 * made with it, is of about the same time: so it is where the clock was set back since. Otherwise it may be no later than
 * the clock: one edited entry would take the store's time along, and every reservation placed from then on with it.
 */
export function newestEntries(entries: readonly Read<JournalEntry>[], clock: number): NewestEntries {
  const readable = entries.filter(isReadable);
  const doubtful = readable.filter(({ id, at }) => at > Math.max(clock, timeOfId(id)) + aheadMsMax);
  const believed = readable.filter((entry) => !doubtful.includes(entry));
  return {
    at: believed.reduce((latest, { at }) => Math.max(latest, at), 0),
    doubtful: doubtful.map(datedAhead),
  };
}

/** An entry that is dated later than it can have been written. */
export function datedAhead({ id }: Pick<JournalEntry, "id">): Unreadable {
  return new Unreadable("journal_entry", id, "at is later than it can have been written");
}

/** When an id was made; 0 where it does not say. */
function timeOfId(id: string): number {
  try {
    return decodeTime(id);
  } catch {
    return 0;
  }
}
