import { assert, type Instant, isInteger, Unreadable } from "@holdfast/domain";
import {
  type FeedEnd,
  type FeedEntry,
  type Queries,
  RecordUnreadable,
  type UnreadableFeedEntry,
} from "@holdfast/engine";
import type { Filter, FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import { type JournalDocument, listedEntry, type SegmentDocument } from "./documents.ts";
import { reached } from "./reached.ts";

/** Entries of one segment at most. A segment that claims more has been edited. */
export const segmentEntriesMax = 1_000;

/** No feed reaches a higher position. New entries are not placed behind an edited one beyond it: JavaScript has no number after 2^53. */
const positionMax = 2 ** 52;

/** The segments at positions where a sequencer can have put them. */
const placed: Filter<SegmentDocument> = { _id: { $gte: 1, $lte: positionMax } };

type Entry = FeedEntry | UnreadableFeedEntry;

/** A position and its journal entry; `undefined` if its segment does not name one. */
interface Place {
  readonly position: number;
  readonly id: string | undefined;
}

/** The feed from behind a position on: segments name the journal entries, in two round trips. */
export async function readFeed(
  { feed, journal }: Pick<Collections, "feed" | "journal">,
  { limit, after = 0 }: Parameters<Queries["feed"]>[0],
  options: { readonly maxTimeMS: number },
): Promise<Entry[]> {
  const behind = { last: { $gt: after }, _id: { $gte: 1, $lte: after + limit } };
  const segments = await reached(feed.find(behind, options).sort({ last: 1 }).toArray());
  let places = placesOf(segments, after, limit);
  if (places.length === 0) {
    // This skips an unreadable segment: the next readable one shows where it ended.
    const next = await reached(nextSegment(feed, after + limit, options));
    places = next === null ? [] : placesOf([next], after, limit);
  }
  if (places.length === 0) return [];
  const named = { _id: { $in: places.flatMap(({ id }) => id ?? []) } };
  const documents = await reached(journal.find<JournalDocument>(named, options).toArray());
  const found = new Map(documents.map((document) => [document._id, document]));
  const entries: Entry[] = [];
  for (const { id, position } of places) {
    if (id === undefined) entries.push(missing("feed_segment", String(position), position));
    else {
      // A new primary may have a segment, and not yet its entries.
      const document = found.get(id) ?? (await reached(entryNow(journal, id, options)));
      entries.push(document === null ? missing("journal_entry", id, position) : { ...listedEntry(document), position });
    }
  }
  return entries;
}

function nextSegment(feed: Collections["feed"], after: number, options: FindOptions) {
  const behind = { _id: { $gt: after, $lte: positionMax }, last: { $gt: after } };
  return feed.findOne(behind, { sort: { _id: 1 }, ...options });
}

/** By a linearizable read: what it does not find does not exist on any server. */
function entryNow(journal: Collections["journal"], id: string, options: FindOptions) {
  return journal.findOne<JournalDocument>({ _id: id }, { ...options, readConcern: { level: "linearizable" } });
}

/** Every position from behind `after` on, up to where the segments go. */
function placesOf(segments: readonly SegmentDocument[], after: number, limit: number): Place[] {
  const places: Place[] = [];
  const inOrder = [...segments].sort((one, other) => one._id - other._id);
  for (const [index, segment] of inOrder.entries()) {
    const { _id, last, entries } = segment;
    const next = inOrder[index + 1]?._id ?? Number.POSITIVE_INFINITY;
    const end = Math.min(endOf(segment) ?? 0, next - 1);
    // The positions in a segment that contradicts itself about its end are unknown.
    const ids: readonly unknown[] = Array.isArray(entries) && last === _id + entries.length - 1 ? entries : [];
    for (let position = after + places.length + 1; position <= end && places.length < limit; position += 1) {
      const id = ids[position - _id];
      places.push({ position, id: typeof id === "string" ? id : undefined });
    }
  }
  return places;
}

function missing(kind: "feed_segment" | "journal_entry", id: string, position: number): UnreadableFeedEntry {
  const reason = kind === "journal_entry" ? "is not there" : "no segment of the feed says what stands at this position";
  return { at: 0 as Instant, id, position, unreadable: new Unreadable(kind, id, reason) };
}

/** The newest segment, as a session sees it where one is given. */
export function newestSegment(feed: Collections["feed"], options: FindOptions): Promise<SegmentDocument | null> {
  return feed.findOne(placed, { sort: { _id: -1 }, ...options });
}

/** The last position of a segment, as far as it can be read. */
export function lastOf(segment: SegmentDocument): number {
  const end = endOf(segment);
  if (end !== undefined) return end;
  throw new RecordUnreadable(new Unreadable("feed_segment", String(segment._id), "last and entries cannot be read"));
}

/** The end of its entries or the end it states, whichever is later, so that no taken position is given away. */
function endOf({ _id, last, entries }: SegmentDocument): number | undefined {
  const ends: number[] = [];
  if (isInteger(last) && last >= _id && last < _id + segmentEntriesMax) ends.push(last);
  if (Array.isArray(entries) && entries.length > 0) ends.push(_id + entries.length - 1);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/**
 * The end of the feed, and its epoch. A new primary may not see everything yet that the one before it has answered: if `seen` is beyond
 * the end, it is asked again by a linearizable read.
 */
export async function readFeedEnd(
  { feed, meta }: Pick<Collections, "feed" | "meta">,
  seen = 0,
  { maxTimeMS }: { readonly maxTimeMS: number },
): Promise<FeedEnd> {
  const last = (more: FindOptions = {}) => newestSegment(feed, { maxTimeMS, ...more });
  const [known, epoch] = await reached(Promise.all([last(), meta.findOne({ _id: "epoch" }, { maxTimeMS })]));
  assert(epoch?.value !== undefined, "the database has lost its epoch");
  const position = known === null ? 0 : lastOf(known);
  if (position >= seen) return { epoch: epoch.value, position };
  const now = await reached(last({ readConcern: { level: "linearizable" } }));
  return { epoch: epoch.value, position: now === null ? 0 : lastOf(now) };
}
