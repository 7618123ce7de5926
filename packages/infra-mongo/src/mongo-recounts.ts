import {
  balanceAfter,
  driftOf,
  emptyLevel,
  isReadable,
  type LevelName,
  levelKey,
  levelNameOf,
  noFigures,
  type Read,
  type Recount,
  type Sku,
  type StockLevel,
  Unreadable,
} from "@holdfast/domain";
import { levelIn, type Paging } from "@holdfast/engine";
import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.ts";
import { isRetryable } from "./conflicts.ts";
import { contributionSums } from "./contribution-sums.ts";
import { Deadline } from "./deadline.ts";
import { type EntityDocument, entityOf, type JournalDocument, journalEntryFrom } from "./documents.ts";
import { reached } from "./reached.ts";
import { TimedSession } from "./timed-session.ts";

/** A snapshot that is read for longer fails, before it weighs on the server's cache. */
const snapshotMsMax = 30_000;

/**
 * A page of levels beside their figures worked out anew, by `_id`.
 *
 * It is read without isolation first, which costs writers nothing. Where that shows drift, a write may have come between
 * two reads: those levels are read again inside one snapshot, and only that is reported.
 */
export async function mongoRecounts(
  collections: Collections,
  { sku }: { readonly sku?: Sku },
  { limit, after }: Paging<LevelName>,
): Promise<Read<Recount>[]> {
  const page = { _id: { $gt: after === undefined ? "" : keyOf(after) }, ...(sku === undefined ? {} : { sku }) };
  const levels = await reached(collections.levels.find(page).sort({ _id: 1 }).limit(limit).toArray());
  const recounts = await reached(recountsOf(collections, levels, undefined));
  const doubtful = recounts.flatMap((recount) =>
    isReadable(recount) && driftOf(recount).length > 0 ? keyIn(recount) : [],
  );
  if (doubtful.length === 0) return recounts;
  const again = await reached(inOneSnapshot(collections, doubtful));
  return recounts.map((recount) => again.get(keyIn(recount)) ?? recount);
}

/** The recounts of levels, by `levelKey`, as a session's transaction sees them. A level that does not exist has none. */
export async function recountsInSession(
  collections: Collections,
  keys: readonly string[],
  session: ClientSession,
): Promise<Read<Recount>[]> {
  const levels = await collections.levels.find({ _id: { $in: [...keys] } }, { session }).toArray();
  return await recountsOf(collections, levels, session);
}

async function inOneSnapshot(collections: Collections, keys: readonly string[]): Promise<Map<string, Read<Recount>>> {
  const session = new TimedSession(collections.client, Deadline.in(snapshotMsMax));
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        session.begin();
        const recounts = await session.step((inSession) => recountsInSession(collections, keys, inSession));
        return new Map(recounts.map((recount) => [keyIn(recount), recount]));
      } catch (error) {
        if (!isRetryable(error) || session.deadline.over) throw error;
        await session.abort();
        await session.deadline.backOff(attempt);
      }
    }
  } finally {
    session.close();
  }
}

async function recountsOf(
  collections: Collections,
  levels: readonly EntityDocument<"levels">[],
  session: ClientSession | undefined,
): Promise<Read<Recount>[]> {
  if (levels.length === 0) return [];
  const skus = [...new Set(levels.map(({ _id }) => levelNameOf(_id).sku))];
  const inSession = session === undefined ? {} : { session };
  const sums = await contributionSums(collections, skus, inSession);
  const journalled = await journalledLevels(collections, levels, inSession);
  return levels.map((document): Read<Recount> => {
    const level = entityOf("levels", document);
    if (level instanceof Unreadable) return level;
    const sources = sums.get(document._id) ?? noFigures;
    if (sources instanceof Unreadable) return sources;
    const { sku, locationId } = level;
    return { level, sources, journalled: journalled.get(document._id) ?? emptyLevel(sku, locationId) };
  });
}

/** Levels as the journal entries that they name left them. Entries are large: one after another is folded and dropped. */
async function journalledLevels(
  { journal }: Collections,
  levels: readonly EntityDocument<"levels">[],
  options: { readonly session?: ClientSession },
): Promise<Map<string, Read<StockLevel>>> {
  const left = new Map<string, Read<StockLevel>>();
  const entries = journal.find<JournalDocument>(
    { _id: { $in: [...new Set(levels.map(({ journalId }) => journalId))] } },
    options,
  );
  for await (const document of entries) {
    const entry = journalEntryFrom(document);
    for (const { _id, journalId } of levels) {
      if (journalId !== document._id) continue;
      left.set(_id, isReadable(entry) ? balanceAfter(entry, levelNameOf(_id)) : entry);
    }
  }
  return left;
}

function keyIn(recount: Read<Recount>): string {
  return keyOf(levelIn(recount));
}

function keyOf({ sku, locationId }: LevelName): string {
  return levelKey(sku, locationId);
}
