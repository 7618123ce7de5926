import { type Instant, Unreadable } from "@holdfast/domain";
import type { FeedEntry, UnreadableFeedEntry } from "@holdfast/engine";

/**
 * No commit reaches a higher position: at a thousand a second it takes 140,000 years. An entry beyond it, or below 1, was moved by hand.
 * New entries must not be placed behind such a one: SQLite has no position after 2^63, JavaScript none after 2^53.
 */
const positionMax = 2 ** 52;

/** The positions that commits are given. */
export const isGiven = `position BETWEEN 1 AND ${positionMax}`;

/** Entries that were moved by hand to a position that no commit reaches. SQLite finds them by their key, without a scan. */
export const isMoved = `(position < 1 OR position > ${positionMax})`;

/**
 * The end of the journal. It grows with every commit, so it shows whether there was one. If the newest entries were moved away, their
 * positions stay empty, so that a reader of the feed who has passed them does not miss the next entry.
 */
export const journalEnd = `SELECT coalesce(last.position, 0)
    + (SELECT count(*) FROM journal WHERE ${isMoved} AND id > coalesce(last.id, '')) AS position
  FROM (SELECT max(position) AS position, id FROM journal WHERE ${isGiven}) AS last`;

/** Appends an entry, by its id and its body. */
export const insertEntry = `INSERT INTO journal (position, id, body) SELECT position + 1, ?, ? FROM (${journalEnd})`;

type Entry = FeedEntry | UnreadableFeedEntry;

/**
 * A page of the feed without a gap: one unreadable entry represents each range of empty positions, at its last position. `end`: the end
 * of the journal before the page was read.
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
