import { driftOf, emptyLevel, levelKey, movementsOf, type Sku, type StockLevel, type Tally } from "@holdfast/domain";
import type { ClientSession, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { mayWorkAgain } from "./conflicts.ts";
import { Deadline } from "./deadline.ts";
import { type JournalDocument, journalEntryFrom, type LevelDocument, levelOf } from "./documents.ts";
import { reached } from "./reached.ts";
import { TimedSession } from "./timed-session.ts";

/** Levels worked out at a time: bounds memory, and the length of a transaction that reads them again. */
const levelsPerChunk = 200;

/** A snapshot that is read for longer fails, before it weighs on the server's cache. */
const snapshotMsMax = 30_000;

/**
 * Every level beside its figures worked out anew, chunk by chunk.
 *
 * A chunk is read without isolation first, which costs writers nothing. Where that shows drift, a write may have come
 * between two reads: those levels are read again inside one snapshot, and only that is reported.
 */
export async function* mongoTallies(collections: Collections, sku: Sku | undefined): AsyncIterable<Tally> {
  let last = "";
  for (;;) {
    const chunk = { _id: { $gt: last }, ...(sku === undefined ? {} : { sku }) };
    const levels = await reached(collections.levels.find(chunk).sort({ _id: 1 }).limit(levelsPerChunk).toArray());
    const tallies = await reached(talliesOf(collections, levels, undefined));
    const doubtful = tallies.filter((tally) => driftOf(tally).length > 0).map(({ level }) => keyOf(level));
    const again = doubtful.length === 0 ? new Map() : await reached(inOneSnapshot(collections, doubtful));
    for (const tally of tallies) yield again.get(keyOf(tally.level)) ?? tally;
    if (levels.length < levelsPerChunk) return;
    last = levels.at(-1)?._id ?? last;
  }
}

async function inOneSnapshot(collections: Collections, keys: readonly string[]): Promise<Map<string, Tally>> {
  const session = new TimedSession(collections.client, Deadline.in(snapshotMsMax));
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        session.begin();
        return await session.step(async (inSession) => {
          const levels = await collections.levels.find({ _id: { $in: [...keys] } }, { session: inSession }).toArray();
          const tallies = await talliesOf(collections, levels, inSession);
          return new Map(tallies.map((tally) => [keyOf(tally.level), tally]));
        });
      } catch (error) {
        if (!mayWorkAgain(error) || session.deadline.over) throw error;
        await session.abort();
        await session.deadline.backOff(attempt);
      }
    }
  } finally {
    session.close();
  }
}

async function talliesOf(
  collections: Collections,
  levels: readonly LevelDocument[],
  session: ClientSession | undefined,
): Promise<Tally[]> {
  if (levels.length === 0) return [];
  const skus = [...new Set(levels.map(({ sku }) => sku))];
  const inSession = session === undefined ? {} : { session };
  const held = await sums(collections.orders, linesOf("PENDING_PAYMENT", skus), inSession);
  const sold = await sums(collections.orders, linesOf("CONFIRMED", skus), inSession);
  const adjusted = await sums(collections.adjustments, adjustmentsOf(skus), inSession);
  const journalled = await journalledLevels(collections, levels, inSession);
  return levels.map((document) => ({
    level: levelOf(document),
    heldByOrders: held.get(document._id) ?? 0,
    soldByOrders: sold.get(document._id) ?? 0,
    adjusted: adjusted.get(document._id) ?? 0,
    journalled: journalled.get(document._id) ?? emptyLevel(document.sku, document.locationId),
  }));
}

function linesOf(status: string, skus: readonly Sku[]): Document[] {
  return [
    { $match: { "lines.sku": { $in: skus }, status } },
    { $unwind: "$lines" },
    { $match: { "lines.sku": { $in: skus } } },
    { $group: { _id: { sku: "$lines.sku", locationId: "$locationId" }, units: { $sum: "$lines.quantity" } } },
  ];
}

function adjustmentsOf(skus: readonly Sku[]): Document[] {
  return [
    { $match: { sku: { $in: skus } } },
    { $group: { _id: { sku: "$sku", locationId: "$locationId" }, units: { $sum: "$delta" } } },
  ];
}

/** Units by level key. */
async function sums(
  collection: Collections["orders"] | Collections["adjustments"],
  pipeline: Document[],
  options: { readonly session?: ClientSession },
): Promise<Map<string, number>> {
  const found = await collection
    .aggregate<{ _id: Pick<StockLevel, "sku" | "locationId">; units: number }>(pipeline, options)
    .toArray();
  return new Map(found.map(({ _id, units }) => [keyOf(_id), units]));
}

/** Levels as the journal entries that they name left them. Entries are large: one after another is folded and dropped. */
async function journalledLevels(
  { journal }: Collections,
  levels: readonly LevelDocument[],
  options: { readonly session?: ClientSession },
): Promise<Map<string, StockLevel>> {
  const named = new Map(levels.map(({ _id, journalId }) => [_id, journalId]));
  const left = new Map<string, StockLevel>();
  const entries = journal.find<JournalDocument>({ _id: { $in: [...new Set(named.values())] } }, options);
  for await (const document of entries) {
    const entry = journalEntryFrom(document);
    const states = [...(entry.levelsBefore ?? []), ...movementsOf(entry).map(({ after }) => after)];
    for (const state of states) if (named.get(keyOf(state)) === entry.id) left.set(keyOf(state), state);
  }
  return left;
}

function keyOf({ sku, locationId }: Pick<StockLevel, "sku" | "locationId">): string {
  return levelKey(sku, locationId);
}
