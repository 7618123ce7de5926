import { addedBy, assert, type Batch, changedBy, journalEntryOf } from "@holdfast/domain";
import type { AnyClientBulkWriteModel, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { Conflict, duplicateKey } from "./conflicts.ts";
import {
  adjustmentDocument,
  correctionDocument,
  holdingDocument,
  journalDocument,
  levelDocument,
  type OutboxDocument,
  orderDocument,
  productDocument,
} from "./documents.ts";
import { holdingChanges } from "./holding-changes.ts";
import { orderChanges } from "./order-changes.ts";
import type { TimedSession } from "./timed-session.ts";

type Model = AnyClientBulkWriteModel<Document>;

/**
 * Writes all that a batch changes, and its journal entry, in the session's transaction: what was there before and the entry in
 * one round trip, new orders and new holdings in one more each.
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
  await writeGuarded(collections, session, id, batch);
  await insertHoldings(collections, session, batch);
  await insertOrders(collections, session, batch);
}

/**
 * Writes a batch of new orders that was decided without a read. It begins with the orders, since some servers take a
 * `client.bulkWrite` only after another command: who loses has paid for the inserts, and reads first for a while.
 *
 * Throws `Conflict` where a level or a holding is another than the batch was decided on.
 */
export async function writeGuess(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
): Promise<void> {
  assert(addedBy(batch.levels).length === 0, "a guess knows every level that it moves");
  await insertHoldings(collections, session, batch);
  await insertOrders(collections, session, batch);
  await writeGuarded(collections, session, id, batch);
}

/** Everything but new orders and holdings. Each change names the version, or the units, that the batch was decided on. */
async function writeGuarded(collections: Collections, session: TimedSession, id: string, batch: Batch): Promise<void> {
  const models = [
    ...levelReplacements(collections, id, batch),
    ...orderUpdates(collections, batch),
    ...holdingChangesOf(collections, batch),
    ...insertsOf(collections, session, id, batch),
  ];
  const { matchedCount, deletedCount } = await session.step((inSession) =>
    collections.client.bulkWrite(models, { session: inSession, ordered: true }),
  );
  const changed = changedBy(batch.levels).length + changedBy(batch.orders).length + changedBy(batch.holdings).length;
  const found = matchedCount + deletedCount;
  if (found !== changed) throw new Conflict(`${changed - found} of ${changed} entities have changed meanwhile`);
}

/** `insertMany` does with a batch of orders in one step what some servers do one by one in a `client.bulkWrite`. */
async function insertOrders({ orders }: Collections, session: TimedSession, batch: Batch): Promise<void> {
  const documents = addedBy(batch.orders).map(orderDocument);
  if (documents.length === 0) return;
  await session.step((inSession) => orders.insertMany(documents, { session: inSession, ordered: true }));
}

/** Throws `Conflict` where a holder has begun to hold something meanwhile: decided again, the batch sees it. */
async function insertHoldings({ holdings }: Collections, session: TimedSession, batch: Batch): Promise<void> {
  const documents = addedBy(batch.holdings).map(holdingDocument);
  if (documents.length === 0) return;
  try {
    await session.step((inSession) => holdings.insertMany(documents, { session: inSession, ordered: true }));
  } catch (error) {
    if (duplicateKey(error) === undefined) throw error;
    throw new Conflict("a holder has a holding meanwhile", { cause: error });
  }
}

function levelReplacements({ levels }: Collections, id: string, batch: Batch): Model[] {
  return changedBy(batch.levels).map(({ before, after }): Model => {
    const { _id, ...replacement } = levelDocument(after, id);
    const filter: Document = { _id, version: before.version };
    return { namespace: levels.namespace, name: "replaceOne", filter, replacement };
  });
}

function orderUpdates({ orders }: Collections, batch: Batch): Model[] {
  return orderChanges(batch.orders).map(({ ids, version, set }): Model => {
    const filter: Document = { _id: { $in: ids }, version };
    return { namespace: orders.namespace, name: "updateMany", filter, update: { $set: set } };
  });
}

function holdingChangesOf({ holdings: { namespace } }: Collections, batch: Batch): Model[] {
  return holdingChanges(batch.holdings).map(({ holders, before, after }): Model => {
    const filter: Document = { _id: { $in: holders }, units: before };
    if (after === 0) return { namespace, name: "deleteMany", filter };
    return { namespace, name: "updateMany", filter, update: { $set: { units: after } } };
  });
}

/** What is new, orders and holdings apart, and the journal entry. To be called when the session has seen what the batch rests on. */
function insertsOf(collections: Collections, session: TimedSession, id: string, batch: Batch): Model[] {
  const entry = journalEntryOf(id, batch);
  return [
    ...addedBy(batch.levels).map((level) => insertInto(collections.levels, levelDocument(level, id))),
    ...batch.products.map(({ after }) => insertInto(collections.products, productDocument(after))),
    ...batch.adjustments.map(({ after }) => insertInto(collections.adjustments, adjustmentDocument(after))),
    ...batch.corrections.map(({ after }) => insertInto(collections.corrections, correctionDocument(after))),
    ...(entry === undefined
      ? []
      : [
          insertInto(collections.journal, journalDocument(entry)),
          insertInto(collections.outbox, { _id: id, clusterTime: session.clusterTime } satisfies OutboxDocument),
        ]),
  ];
}

function insertInto({ namespace }: Pick<Collection, "namespace">, document: Document): Model {
  return { namespace, name: "insertOne", document };
}
