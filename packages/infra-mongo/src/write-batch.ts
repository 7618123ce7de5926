import {
  addedBy,
  assert,
  type Batch,
  changedBy,
  declarationOf,
  type Entities,
  type Entity,
  type EntityName,
  entityNames,
  journalEntryOf,
  type Snapshot,
  type Write,
} from "@holdfast/domain";
import type { AnyClientBulkWriteModel, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { Conflict, duplicateKey } from "./conflicts.ts";
import { documentOf, journalDocument, type OutboxDocument } from "./documents.ts";
import { holdingChanges } from "./holding-changes.ts";
import { type ListedPayments, listedPayments, listing } from "./listed-payments.ts";
import { versionsForNewLevels } from "./new-levels.ts";
import { orderChanges } from "./order-changes.ts";
import type { TimedSession } from "./timed-session.ts";

type Model = AnyClientBulkWriteModel<Document>;

/** A batch on its way into the database, as a journal entry of this id. */
interface Writing {
  readonly collections: Collections;
  readonly session: TimedSession;
  readonly id: string;
  readonly batch: Batch;
  /** The payments that go into their orders' documents. */
  readonly listed: ListedPayments;
  /** The remembered state that it was decided on; absent if it was read. */
  readonly guess?: Snapshot;
}

/**
 * Writes all that a batch changes, and its journal entry, in the session's transaction: what was there before and the entry in
 * one round trip, new orders and new holdings in one more each.
 *
 * `listsPayments`: whether new orders get their payments as a list in their documents, as older programs know them.
 *
 * Throws `Conflict` if an entity has changed since the batch was decided. The guarded changes come first, contended levels before all
 * others, so that a batch that loses has not yet paid for the inserts.
 */
export async function writeBatch(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
  listsPayments: boolean,
): Promise<void> {
  const writing = { collections, session, id, ...apart(batch, listsPayments) };
  await writeGuarded(writing);
  await outdateGuesses(writing);
  await insertHoldings(writing);
  await insertOrders(writing);
}

/**
 * Writes a batch of new orders that was decided on a guess, without a read. It begins with the orders, since some servers take a
 * `client.bulkWrite` only after another command. A batch that loses has paid for the inserts, and the next ones are read first.
 *
 * Throws `Conflict` if a level, its product, its location or a holding differs from what the batch was decided on.
 */
export async function writeGuess(
  collections: Collections,
  session: TimedSession,
  id: string,
  batch: Batch,
  guess: Snapshot,
  listsPayments: boolean,
): Promise<void> {
  assert(addedBy(batch.writes.levels).length === 0, "a guess knows every level that it moves");
  const writing = { collections, session, id, ...apart(batch, listsPayments), guess };
  await insertHoldings(writing);
  await insertOrders(writing);
  await writeGuarded(writing);
}

/** A batch without the payments that go into their orders' documents, and these. */
function apart(batch: Batch, listsPayments: boolean): Pick<Writing, "batch" | "listed"> {
  const listed = listedPayments(batch.writes, listsPayments);
  if (listed.size === 0) return { batch, listed };
  const payments = batch.writes.payments.filter(({ after }) => !listed.has(after.orderId));
  return { batch: { ...batch, writes: { ...batch.writes, payments } }, listed };
}

/** How to write the changes of an entity on a hot path, instead of one replacement each. */
const changesOf: { readonly [N in EntityName]?: (writing: Writing) => Model[] } = {
  levels: levelUpdates,
  orders: orderUpdates,
  holdings: holdingUpdates,
};

/** New entities that are inserted by a command of their own. */
const insertedApart: ReadonlySet<EntityName> = new Set(["orders", "holdings"]);

/** Everything but new orders and holdings. Each change names the guard that the batch was decided on. */
async function writeGuarded(writing: Writing): Promise<void> {
  const { collections, session, batch } = writing;
  const hot = Object.keys(changesOf) as EntityName[];
  const changes = [...hot, ...entityNames.filter((name) => changesOf[name] === undefined)].flatMap(
    (name) => changesOf[name]?.(writing) ?? replacements(name, writing),
  );
  const versions = await versionsForNewLevels(collections, session, writing.id, batch);
  const looks = locationLooks(writing);
  const models = [...changes, ...looks, ...insertsOf(writing, versions)];
  const { matchedCount, deletedCount } = await session.step((inSession) =>
    collections.client.bulkWrite(models, { session: inSession, ordered: true }),
  );
  const changed = entityNames.reduce((count, name) => count + changedBy<Entity>(batch.writes[name]).length, 0);
  const found = matchedCount + deletedCount - looks.length;
  if (found !== changed) throw new Conflict(`${changed - found} of ${changed} entities have changed meanwhile`);
}

/** Finds each location that a guess rests on once more, as it was, and leaves it as it is. */
function locationLooks({ collections: { locations }, guess }: Writing): Model[] {
  if (guess === undefined) return [];
  return [...guess.locations.values()].map(({ id, version }): Model => {
    const filter: Document = { _id: id, version };
    return { namespace: locations.namespace, name: "updateOne", filter, update: { $setOnInsert: { version } } };
  });
}

/** Marks the levels of a changed product, so that a guess based on the earlier product fails. */
async function outdateGuesses({ collections: { levels }, session, batch }: Writing): Promise<void> {
  for (const { after } of changedBy(batch.writes.products)) {
    const update = { $set: { productVersion: after.version } };
    await session.step((inSession) => levels.updateMany({ sku: after.sku }, update, { session: inSession }));
  }
}

/** `insertMany` inserts a batch of orders in one step; in a `client.bulkWrite` some servers insert them one by one. */
async function insertOrders({ collections: { orders }, session, id, batch, listed }: Writing): Promise<void> {
  const documents = addedBy(batch.writes.orders).map((order) => {
    const document = documentOf("orders", order, id);
    const payments = listed.get(order.id);
    return payments === undefined ? document : (listing(document, payments) as object as typeof document);
  });
  if (documents.length === 0) return;
  await session.step((inSession) => orders.insertMany(documents, { session: inSession, ordered: true }));
}

/** Throws `Conflict` if a holder has got a holding meanwhile: decided again, the batch sees it. */
async function insertHoldings({ collections: { holdings }, session, id, batch }: Writing): Promise<void> {
  const documents = addedBy(batch.writes.holdings).map((holding) => documentOf("holdings", holding, id));
  if (documents.length === 0) return;
  try {
    await session.step((inSession) => holdings.insertMany(documents, { session: inSession, ordered: true }));
  } catch (error) {
    if (duplicateKey(error) === undefined) throw error;
    throw new Conflict("a holder has a holding meanwhile", { cause: error });
  }
}

/** Replaces whole entities, except on hot paths. */
function replacements<N extends EntityName>(name: N, { collections, id, batch }: Writing): Model[] {
  const { guards, isGone } = declarationOf(name);
  const { namespace } = collections[name];
  return changedBy(batch.writes[name] as readonly Write<Entities[N]>[]).map(({ before, after }): Model => {
    assert(guards.length > 0, `one of ${name} has changed, and they never do`);
    const { _id, ...replacement }: Document = documentOf(name, after, id);
    const filter: Document = { _id, ...guardsOf(name, before) };
    if (isGone?.(after)) return { namespace, name: "deleteOne", filter };
    return { namespace, name: "replaceOne", filter, replacement };
  });
}

function levelUpdates({ collections: { levels }, id, batch, guess }: Writing): Model[] {
  return changedBy(batch.writes.levels).map(({ before, after }): Model => {
    const { _id, ...set }: Document = documentOf("levels", after, id);
    // A batch changes few folds, and never how often they were moved on.
    delete set["folds"];
    if (after.fold === before.fold) delete set["fold"];
    const filter: Document = { _id, ...guardsOf("levels", before), ...(guess && soldBy(guess, after.sku)) };
    const gone = (["lowStockThreshold", "stockAlert"] as const).filter(
      (field) => before[field] !== undefined && after[field] === undefined,
    );
    const update = {
      $set: set,
      ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ""])) }),
    };
    return { namespace: levels.namespace, name: "updateOne", filter, update };
  });
}

/** Finds an entity that still is as it was read. A guard that it does not have, it still must not have. */
function guardsOf<N extends EntityName>(name: N, before: Entities[N]): Document {
  return Object.fromEntries(declarationOf(name).guards.map((guard) => [guard, before[guard] ?? null]));
}

/** Matches a level whose product is still as a guess remembers it. A product that has never changed has left no mark. */
function soldBy({ products }: Snapshot, sku: string): Document {
  const version = products.get(sku)?.version ?? 1;
  return { productVersion: version === 1 ? null : version };
}

function orderUpdates({ collections: { orders }, batch, listed }: Writing): Model[] {
  return orderChanges(batch.writes.orders, listed).map(({ ids, version, set, unset }): Model => {
    const filter: Document = { _id: { $in: ids }, version };
    const lost = unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, ""])) };
    return { namespace: orders.namespace, name: "updateMany", filter, update: { $set: set, ...lost } };
  });
}

function holdingUpdates({ collections: { holdings }, batch }: Writing): Model[] {
  const { namespace } = holdings;
  return holdingChanges(batch.writes.holdings).map(({ holders, before, after }): Model => {
    const filter: Document = { _id: { $in: holders }, units: before };
    if (after === 0) return { namespace, name: "deleteMany", filter };
    return { namespace, name: "updateMany", filter, update: { $set: { units: after } } };
  });
}

/** New entities except orders and holdings, and the journal entry. Call it when the session has seen what the batch is based on. */
function insertsOf({ collections, session, id, batch }: Writing, versions: ReadonlyMap<string, number>): Model[] {
  const names = entityNames.filter((name) => !insertedApart.has(name));
  const made = names.flatMap((name) =>
    addedBy<Entity>(batch.writes[name]).map((entity) => {
      const productVersion = name === "levels" ? versions.get((entity as { readonly sku: string }).sku) : undefined;
      const document: Document = documentOf(name, entity as never, id);
      return insertInto(collections[name], { ...document, ...(productVersion !== undefined && { productVersion }) });
    }),
  );
  const entry = journalEntryOf(id, batch);
  if (entry === undefined) return made;
  return [
    ...made,
    insertInto(collections.journal, journalDocument(entry)),
    insertInto(collections.outbox, { _id: id, clusterTime: session.clusterTime } satisfies OutboxDocument),
  ];
}

function insertInto({ namespace }: Pick<Collection, "namespace">, document: Document): Model {
  return { namespace, name: "insertOne", document };
}
