import { type Batch, journalEntryOf, type Write } from "@holdfast/domain";
import type { AnyClientBulkWriteModel, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { Conflict } from "./conflicts.ts";
import { adjustmentDocument, journalDocument, levelDocument, orderDocument, productDocument } from "./documents.ts";
import type { TimedSession } from "./timed-session.ts";

type Model = AnyClientBulkWriteModel<Document>;

/**
 * Writes all that a batch changes, and its journal entry, in one round trip of the session's transaction.
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
  const { levels, orders, products, adjustments, journal, client } = collections;
  const entry = journalEntryOf(id, batch);
  const level = writesTo(levels, batch.levels, (entity) => levelDocument(entity, id));
  const order = writesTo(orders, batch.orders, orderDocument);
  const changes = [...level.changes, ...order.changes];
  const inserts = [
    ...level.inserts,
    ...order.inserts,
    ...batch.products.map(({ after }) => insertInto(products, productDocument(after))),
    ...batch.adjustments.map(({ after }) => insertInto(adjustments, adjustmentDocument(after))),
    ...(entry === undefined ? [] : [insertInto(journal, journalDocument(entry))]),
  ];

  const result = await session.step((inSession) =>
    client.bulkWrite([...changes, ...inserts], { session: inSession, ordered: true }),
  );
  if (result.matchedCount !== changes.length) {
    throw new Conflict(`${changes.length - result.matchedCount} of ${changes.length} entities have changed meanwhile`);
  }
}

/** New entities are inserted; the others replace the very version that the batch was decided on. */
function writesTo<Entity extends { readonly version: number }, Stored extends Document & { readonly _id: string }>(
  collection: Collection<Stored>,
  writes: readonly Write<Entity>[],
  documentOf: (entity: Entity) => Stored,
): { readonly changes: Model[]; readonly inserts: Model[] } {
  const changes: Model[] = [];
  const inserts: Model[] = [];
  for (const { before, after } of writes) {
    const document = documentOf(after);
    if (before === undefined) inserts.push(insertInto(collection, document));
    else {
      const { _id, ...replacement } = document;
      const filter = { _id, version: before.version } as Document;
      changes.push({ namespace: collection.namespace, name: "replaceOne", filter, replacement });
    }
  }
  return { changes, inserts };
}

function insertInto({ namespace }: { readonly namespace: string }, document: Document): Model {
  return { namespace, name: "insertOne", document };
}
