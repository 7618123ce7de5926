import { type Instant, Unreadable } from "@holdfast/domain";
import type { FeedEntry, UnreadableFeedEntry } from "@holdfast/engine";

/**
 * No commit comes to a position beyond: at a thousand a second it takes 140,000 years. An entry that stands there, or below 1, was moved
 * by hand. It must not draw all that follow after it: past 2^63 SQLite has no next position, past 2^53 JavaScript has none.
 */
const positionMax = 2 ** 52;

/** The positions that commits are given. */
export const isGiven = `position BETWEEN 1 AND ${positionMax}`;

/** Entries that were moved by hand to where no commit comes. SQLite finds them in its key: there are none to go through. */
export const isMoved = `(position < 1 OR position > ${positionMax})`;

/**
 * How far the journal has come: it grows with every commit, so that it tells whether there was one. Where the newest entries
 * were moved, their positions stay empty: a reader of the feed who has passed them must not miss what comes next.
 */
export const journalEnd = `SELECT coalesce(last.position, 0)
    + (SELECT count(*) FROM journal WHERE ${isMoved} AND id > coalesce(last.id, '')) AS position
  FROM (SELECT max(position) AS position, id FROM journal WHERE ${isGiven}) AS last`;

/** Appends an entry, by its id and its body. */
export const insertEntry = `INSERT INTO journal (position, id, body) SELECT position + 1, ?, ? FROM (${journalEnd})`;

type Entry = FeedEntry | UnreadableFeedEntry;

/**
 * A page of the feed without a gap: one unreadable entry stands for each stretch of positions where no entry is left, at the last of
 * them. `end`: where the journal had come to before the page was read.
 */
export function withoutGaps(
  page: readonly Entry[],
  { after, end, limit }: { readonly after: number; readonly end: number; readonly limit: number },
): Entry[] {
  const whole: Entry[] = [];
  let expected = after + 1;
  for (const entry of page) {
    if (entry.position > expected) whole.push(emptyStretch(expected, entry.position - 1));
    whole.push(entry);
    expected = entry.position + 1;
  }
  if (page.length < limit && end >= expected) whole.push(emptyStretch(expected, end));
  return whole.slice(0, limit);
}

function emptyStretch(first: number, last: number): UnreadableFeedEntry {
  const positions = first === last ? `position ${first}` : `positions ${first} to ${last}`;
  const unreadable = new Unreadable("journal_entry", `${last}`, `no entry stands at ${positions} of the journal`);
  return { at: 0 as Instant, id: unreadable.id, position: last, unreadable };
}
