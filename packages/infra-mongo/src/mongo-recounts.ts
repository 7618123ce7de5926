import {
  balanceAfter,
  driftOf,
  emptyLevel,
  isEnough,
  isReadable,
  type LevelName,
  levelKey,
  levelNameOf,
  missingLevel,
  noSums,
  type Read,
  type Recount,
  recountOf,
  type Sku,
  type StockLevel,
  type StoredLevel,
  type Sums,
  type Trust,
  Unreadable,
} from "@holdfast/domain";
import { levelIn, type Paging } from "@holdfast/engine";
import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.ts";
import { sumsBetween, sumsOfSkus } from "./contribution-pipelines.ts";
import { type EntityDocument, entityOf, type JournalDocument, journalEntryFrom } from "./documents.ts";
import { inOwnTransaction } from "./in-own-transaction.ts";
import { reached } from "./reached.ts";

/** A snapshot that is read for longer fails, before it weighs on the server's cache. */
const snapshotMsMax = 30_000;

/**
 * A page of levels beside their figures worked out anew, by `_id`.
 *
 * It is read without isolation first, which costs writers nothing. Where that shows that something is wrong, a write may have come
 * between two reads: those levels are read again inside one snapshot, and only that is reported.
 */
export async function mongoRecounts(
  collections: Collections,
  { sku, trust = "never" }: { readonly sku?: Sku; readonly trust?: Trust },
  { limit, after }: Paging<LevelName>,
): Promise<Read<Recount>[]> {
  const page = { _id: { $gt: after === undefined ? "" : keyOf(after) }, ...(sku === undefined ? {} : { sku }) };
  const levels = await reached(collections.levels.find(page).sort({ _id: 1 }).limit(limit).toArray());
  const firstTrust = trust === "never" ? "never" : "always";
  const recounts = await reached(recountsOf(collections, levels, [], firstTrust, {}));
  const doubtful = recounts.filter((recount) => isReadable(recount) && isDoubtful(recount)).map(keyIn);
  if (doubtful.length === 0) return recounts;
  const again = await reached(
    inOwnTransaction(collections.client, snapshotMsMax, (session) =>
      recountsInSession(collections, doubtful, trust, session),
    ),
  );
  const byKey = new Map(again.map((recount) => [keyIn(recount), recount]));
  return recounts.map((recount) => byKey.get(keyIn(recount)) ?? recount);
}

function isDoubtful(recount: Recount): boolean {
  return recount.foldIsWrong === true || driftOf(recount).length > 0;
}

/** The recounts of levels, by `levelKey`, as a session's transaction sees them. One that is not there counts nothing. */
export async function recountsInSession(
  collections: Collections,
  keys: readonly string[],
  trust: Trust,
  session: ClientSession,
): Promise<Read<Recount>[]> {
  const levels = await collections.levels.find({ _id: { $in: [...keys] } }, { session }).toArray();
  const there = new Set(levels.map(({ _id }) => _id));
  const missing = keys.filter((key) => !there.has(key)).map(missingLevel);
  return await recountsOf(collections, levels, missing, trust, { session });
}

async function recountsOf(
  collections: Collections,
  documents: readonly EntityDocument<"levels">[],
  missing: readonly StoredLevel[],
  trust: Trust,
  options: { readonly session?: ClientSession },
): Promise<Read<Recount>[]> {
  const levels = [...documents.map((document) => entityOf("levels", document)), ...missing];
  if (levels.length === 0) return [];
  const whole = levels.filter(isReadable).filter(({ fold }) => fold === undefined);
  const sums = await sumsOfSkus(collections, [...new Set(whole.map(({ sku }) => sku))], options);
  const journalled = await journalledLevels(collections, documents, options);
  const recounts: Read<Recount>[] = [];
  for (const level of levels) {
    if (level instanceof Unreadable) {
      recounts.push(level);
      continue;
    }
    const left = journalled.get(keyOf(level)) ?? emptyLevel(level.sku, level.locationId);
    const known = level.fold === undefined ? (sums.get(keyOf(level)) ?? noSums) : undefined;
    recounts.push(await recountOne(collections, level, { journalled: left, known, trust }, options));
  }
  return recounts;
}

/** `known`: the sums of a level without a fold. */
async function recountOne(
  collections: Collections,
  level: StoredLevel,
  {
    journalled,
    known,
    trust,
  }: { readonly journalled: Read<StockLevel>; readonly known: Read<Sums> | undefined; readonly trust: Trust },
  options: { readonly session?: ClientSession },
): Promise<Read<Recount>> {
  const { through = {} } = level.fold ?? {};
  const behind = known ?? (await sumsBetween(collections, level, { after: through }, options));
  if (behind instanceof Unreadable) return behind;
  const recount = recountOf(level, journalled, behind);
  if (isEnough(recount, trust)) return recount;
  const folded = await sumsBetween(collections, level, { after: {}, through }, options);
  return isReadable(folded) ? recountOf(level, journalled, behind, folded) : folded;
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
