import type { Instant, JournalRecord, Unreadable } from "@holdfast/domain";
import type { FeedEntry, Queries, UnreadableFeedEntry } from "./ports/queries.ts";

/** A place in the feed: the event with this number (from 0) in the commit at this position (from 1). */
export interface FeedPlace {
  readonly position: number;
  readonly index: number;
}

/** Where the feed begins. */
export const feedStart: FeedPlace = { position: 1, index: 0 };

/** One event of the feed, or in place of a commit's events that the commit cannot be read. */
export type PlacedEvent = ReadableEvent | UnreadableEvent;

interface Placed {
  readonly place: FeedPlace;
  /** Where to go on behind it: the next event, which may not have happened yet. */
  readonly next: FeedPlace;
}

export interface UnreadableEvent extends Placed {
  readonly unreadable: Unreadable;
}

export interface ReadableEvent extends Placed {
  /** The store's clock when it was decided. */
  readonly at: Instant;
  readonly record: JournalRecord;
}

/** Entries read at a time. One entry of a rush fills a page by itself. */
const entriesPerRead = 8;

/** At most `limit` events of the feed, oldest first, from `from` on. Empty at its end. */
export async function feedPage(
  queries: Pick<Queries, "feed">,
  { from, limit }: { readonly from: FeedPlace; readonly limit: number },
): Promise<PlacedEvent[]> {
  const page: PlacedEvent[] = [];
  for (let place = from; page.length < limit; ) {
    const entries = await queries.feed({ after: place.position - 1, limit: entriesPerRead });
    for (const entry of entries) page.push(...eventsFrom(from, entry));
    if (entries.length < entriesPerRead) break;
    place = { position: (entries.at(-1)?.position ?? 0) + 1, index: 0 };
  }
  return page.slice(0, limit);
}

function eventsFrom(from: FeedPlace, entry: FeedEntry | UnreadableFeedEntry): PlacedEvent[] {
  if (!("unreadable" in entry)) return eventsOf(entry).filter((event) => !isBefore(event.place, from));
  const { position, unreadable } = entry;
  // Once, also for a reader who had come half through it.
  const place = position === from.position ? from : { position, index: 0 };
  return [{ place, unreadable, next: { position: position + 1, index: 0 } }];
}

function eventsOf({ position, at, records }: FeedEntry): ReadableEvent[] {
  return records.map((record, index) => ({
    place: { position, index },
    at,
    record,
    next: index + 1 < records.length ? { position, index: index + 1 } : { position: position + 1, index: 0 },
  }));
}

function isBefore(a: FeedPlace, b: FeedPlace): boolean {
  return a.position < b.position || (a.position === b.position && a.index < b.index);
}
