import { assert } from "@holdfast/domain";
import type { FeedEnd, FeedEntry, Queries, UnreadableFeedEntry } from "@holdfast/engine";
import type { FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import { type JournalDocument, listedEntry } from "./documents.ts";
import { reached } from "./reached.ts";

/** The feed from behind a position on: segments name the journal entries, in two round trips. */
export async function readFeed(
  { feed, journal }: Pick<Collections, "feed" | "journal">,
  { limit, after = 0 }: Parameters<Queries["feed"]>[0],
  options: { readonly maxTimeMS: number },
): Promise<(FeedEntry | UnreadableFeedEntry)[]> {
  const behind = { last: { $gt: after }, _id: { $lte: after + limit } };
  const segments = await reached(feed.find(behind, options).sort({ last: 1 }).toArray());
  const places = segments
    .flatMap(({ _id, entries }) => entries.map((id, index) => ({ id, position: _id + index })))
    .filter(({ position }) => position > after)
    .slice(0, limit);
  if (places.length === 0) return [];
  const named = { _id: { $in: places.map(({ id }) => id) } };
  const documents = await reached(journal.find<JournalDocument>(named, options).toArray());
  const found = new Map(documents.map((document) => [document._id, document]));
  const entries: (FeedEntry | UnreadableFeedEntry)[] = [];
  for (const { id, position } of places) {
    const document = found.get(id);
    // A server that has only just become primary may know a segment, and not yet its entries.
    if (document === undefined) break;
    entries.push({ ...listedEntry(document), position });
  }
  return entries;
}

/**
 * The end of the feed, and its epoch. A server that has only just become primary may not see all yet that the one before it
 * has told: where `seen` would lie beyond the end, it is asked again for what holds now (a linearizable read).
 */
export async function readFeedEnd(
  { feed, meta }: Pick<Collections, "feed" | "meta">,
  seen = 0,
  { maxTimeMS }: { readonly maxTimeMS: number },
): Promise<FeedEnd> {
  const last = (more: FindOptions = {}) => feed.findOne({}, { sort: { _id: -1 }, maxTimeMS, ...more });
  const [known, epoch] = await reached(Promise.all([last(), meta.findOne({ _id: "epoch" }, { maxTimeMS })]));
  assert(epoch?.value !== undefined, "the database has lost its epoch");
  const position = known?.last ?? 0;
  if (position >= seen) return { epoch: epoch.value, position };
  const now = await reached(last({ readConcern: { level: "linearizable" } }));
  return { epoch: epoch.value, position: now?.last ?? 0 };
}
