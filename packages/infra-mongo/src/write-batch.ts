import { assert, type Batch, journalEntryOf, type StockLevel, type Write } from "@holdfast/domain";
import type { AnyClientBulkWriteModel, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { Conflict } from "./conflicts.ts";
import { adjustmentDocument, journalDocument, levelDocument, orderDocument, productDocument } from "./documents.ts";
import type { TimedSession } from "./timed-session.ts";

type Model = AnyClientBulkWriteModel<Document>;

/** A replacement of the very version that a batch was decided on. */
interface Change<Stored> {
  readonly filter: { readonly _id: string; readonly version: number };
  readonly replacement: Omit<Stored, "_id">;
}

/**
 * Writes all that a batch changes, and its journal entry, in the session's transaction, in one round trip.
 *
 * Throws `Conflict` where an entity has changed since the batch was decided. The guarded changes come first, the levels
 * that everyone fights for before all others: who loses has not yet paid for the inserts.
 */
export async function writeBatch(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
): Promise<void> {
  const levels = changesOf(batch.levels, (level) => levelDocument(level, id));
  const orders = changesOf(batch.orders, orderDocument);
  const changes = [
    ...levels.map((change) => replaceIn(collections.levels, change)),
    ...orders.map((change) => replaceIn(collections.orders, change)),
  ];
  const models = [...changes, ...insertsOf(collections, session, id, batch)];
  const { matchedCount } = await session.step((inSession) =>
    collections.client.bulkWrite(models, { session: inSession, ordered: true }),
  );
  expectAll(matchedCount, changes.length);
}

/**
 * Writes a batch of new orders that was decided without a read. The levels go alone: nothing in this transaction has been
 * read yet that a change could conflict with, and a version that is not found does not stop the writes behind it.
 *
 * Throws `Conflict` where a level is another than the batch was decided on.
 */
export async function writeGuess(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
): Promise<void> {
  const changes = changesOf(batch.levels, (level) => levelDocument(level, id));
  assert(changes.length === batch.levels.length, "a guess knows every level that it moves");
  const { matchedCount } = await session.step((inSession) =>
    collections.levels.bulkWrite(
      changes.map((change) => ({ replaceOne: change })),
      { session: inSession, ordered: true },
    ),
  );
  expectAll(matchedCount, changes.length);
  const inserts = insertsOf(collections, session, id, batch);
  await session.step((inSession) => collections.client.bulkWrite(inserts, { session: inSession, ordered: true }));
}

function expectAll(matched: number, changes: number): void {
  if (matched !== changes) throw new Conflict(`${changes - matched} of ${changes} entities have changed meanwhile`);
}

function changesOf<Entity extends { readonly version: number }, Stored extends { readonly _id: string }>(
  writes: readonly Write<Entity>[],
  documentOf: (entity: Entity) => Stored,
): Change<Stored>[] {
  return writes.flatMap(({ before, after }) => {
    if (before === undefined) return [];
    const { _id, ...replacement } = documentOf(after);
    return [{ filter: { _id, version: before.version }, replacement }];
  });
}

/** Everything new, and the journal entry. To be called when the session has seen what the batch rests on. */
function insertsOf(collections: Collections, session: TimedSession, id: string, batch: Batch): Model[] {
  const entry = journalEntryOf(id, batch);
  return [
    ...added(batch.levels).map((level: StockLevel) => insertInto(collections.levels, levelDocument(level, id))),
    ...added(batch.orders).map((order) => insertInto(collections.orders, orderDocument(order))),
    ...batch.products.map(({ after }) => insertInto(collections.products, productDocument(after))),
    ...batch.adjustments.map(({ after }) => insertInto(collections.adjustments, adjustmentDocument(after))),
    ...(entry === undefined ? [] : [insertInto(collections.journal, journalDocument(entry, session.clusterTime))]),
  ];
}

function added<Entity>(writes: readonly Write<Entity>[]): Entity[] {
  return writes.filter(({ before }) => before === undefined).map(({ after }) => after);
}

function replaceIn<Stored extends Document>({ namespace }: Collection<Stored>, change: Change<Stored>): Model {
  const filter: Document = change.filter;
  return { namespace, name: "replaceOne", filter, replacement: change.replacement };
}

function insertInto({ namespace }: { readonly namespace: string }, document: Document): Model {
  return { namespace, name: "insertOne", document };
}
