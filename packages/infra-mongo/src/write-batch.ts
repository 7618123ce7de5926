import { addedBy, assert, type Batch, changedBy, journalEntryOf } from "@holdfast/domain";
import type { AnyClientBulkWriteModel, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { Conflict } from "./conflicts.ts";
import {
  adjustmentDocument,
  journalDocument,
  levelDocument,
  type OutboxDocument,
  orderDocument,
  productDocument,
} from "./documents.ts";
import { orderChanges } from "./order-changes.ts";
import type { TimedSession } from "./timed-session.ts";

type Model = AnyClientBulkWriteModel<Document>;

/**
 * Writes all that a batch changes, and its journal entry, in the session's transaction: what was there before and the entry in
 * one round trip, new orders in another one.
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
  await insertOrders(collections, session, batch);
}

/**
 * Writes a batch of new orders that was decided without a read. It begins with the orders, since some servers take a
 * `client.bulkWrite` only after another command: who loses has paid for the inserts, and reads first for a while.
 *
 * Throws `Conflict` where a level is another than the batch was decided on.
 */
export async function writeGuess(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
): Promise<void> {
  assert(addedBy(batch.levels).length === 0, "a guess knows every level that it moves");
  await insertOrders(collections, session, batch);
  await writeGuarded(collections, session, id, batch);
}

/** Everything but new orders. Each change names the version that the batch was decided on. */
async function writeGuarded(collections: Collections, session: TimedSession, id: string, batch: Batch): Promise<void> {
  const models = [
    ...levelReplacements(collections, id, batch),
    ...orderUpdates(collections, batch),
    ...insertsOf(collections, session, id, batch),
  ];
  const { matchedCount } = await session.step((inSession) =>
    collections.client.bulkWrite(models, { session: inSession, ordered: true }),
  );
  const changed = changedBy(batch.levels).length + changedBy(batch.orders).length;
  if (matchedCount !== changed) {
    throw new Conflict(`${changed - matchedCount} of ${changed} entities have changed meanwhile`);
  }
}

/** `insertMany` does with a batch of orders in one step what some servers do one by one in a `client.bulkWrite`. */
async function insertOrders({ orders }: Collections, session: TimedSession, batch: Batch): Promise<void> {
  const documents = addedBy(batch.orders).map(orderDocument);
  if (documents.length === 0) return;
  await session.step((inSession) => orders.insertMany(documents, { session: inSession, ordered: true }));
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

/** What is new, orders apart, and the journal entry. To be called when the session has seen what the batch rests on. */
function insertsOf(collections: Collections, session: TimedSession, id: string, batch: Batch): Model[] {
  const entry = journalEntryOf(id, batch);
  return [
    ...addedBy(batch.levels).map((level) => insertInto(collections.levels, levelDocument(level, id))),
    ...batch.products.map(({ after }) => insertInto(collections.products, productDocument(after))),
    ...batch.adjustments.map(({ after }) => insertInto(collections.adjustments, adjustmentDocument(after))),
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
