import type { Instant, JournalRecord } from "@holdfast/domain";
import type { FeedEntry, Queries } from "./ports/queries.ts";

/** A place in the feed: the event with this number (from 0) in the commit at this position (from 1). */
export interface FeedPlace {
  readonly position: number;
  readonly index: number;
}

/** Where the feed begins. */
export const feedStart: FeedPlace = { position: 1, index: 0 };

/** One event of the feed. */
export interface PlacedEvent {
  readonly place: FeedPlace;
  /** The store's clock when it was decided. */
  readonly at: Instant;
  readonly record: JournalRecord;
  /** Where to go on behind it: the next event, which may not have happened yet. */
  readonly next: FeedPlace;
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
    for (const entry of entries) page.push(...eventsOf(entry).filter((event) => !isBefore(event.place, from)));
    if (entries.length < entriesPerRead) break;
    place = { position: (entries.at(-1)?.position ?? 0) + 1, index: 0 };
  }
  return page.slice(0, limit);
}

function eventsOf({ position, at, records }: FeedEntry): PlacedEvent[] {
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
