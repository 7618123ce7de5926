import type { FeedEpoch } from "@holdfast/engine";
import { type Document, Timestamp } from "mongodb";
import { type ArchivedDocument, archivedVersion, readArchive, WrongArchive } from "./archive.ts";
import { archived } from "./back-up-mongo.ts";
import type { Collections } from "./collections.ts";
import { duplicateKey } from "./conflicts.ts";
import { mongoMigrations } from "./migrations.ts";
import { type MongoAddress, withCollections } from "./open-mongo.ts";
import { setUpDatabase } from "./set-up-database.ts";

/** Documents that are inserted at a time. */
const documentsAtATime = 1_000;

/**
 * Puts a backup into an empty database, with a new epoch, and migrates it where it is of an earlier version. The file is read to its end first, so that of one that is damaged
 * nothing is written. A process that opens the database before all of it is there is refused.
 *
 * Rejects with one line where the file is no whole backup or newer than this program, or the database is not empty.
 */
export async function restoreMongo(address: MongoAddress, file: string, epoch: FeedEpoch): Promise<void> {
  const version = await archivedVersion(file);
  const reason = mongoMigrations.refusal(version);
  if (reason !== undefined) throw new WrongArchive(`${file} ${reason}.`);
  for await (const _ of readArchive(file));
  await withCollections(address, async (collections, databaseName) => {
    await begin(collections, databaseName);
    await insertAll(collections, file);
    await beginFeed(collections, epoch);
    await collections.meta.insertOne({ _id: "schema", ...version });
    await setUpDatabase(collections, databaseName);
    await collections.meta.deleteOne({ _id: "restoring" });
  });
}

/** Begins a new feed in a database that was restored by other means. No process may use it meanwhile. */
export async function renewMongoEpoch(address: MongoAddress, epoch: FeedEpoch): Promise<void> {
  await withCollections(address, async (collections, databaseName) => {
    const known = await collections.meta.findOne({ _id: "epoch" });
    if (known === null) throw new Error(`there is no Holdfast database ${databaseName} there; see DATABASE_URL`);
    await beginFeed(collections, epoch);
  });
}

/** Marks the database as half restored, if there is nothing in it. */
async function begin(collections: Collections, databaseName: string): Promise<void> {
  const filled = await Promise.all(
    [...archived(collections), collections.meta].map((each) => each.findOne({} as Document)),
  );
  if (filled.some((document) => document !== null)) {
    throw new Error(
      `the database ${databaseName} is not empty. Name another one in DATABASE_URL, or drop it first, when no process uses it any more.`,
    );
  }
  try {
    await collections.meta.insertOne({ _id: "restoring" });
  } catch (error) {
    if (duplicateKey(error) === undefined) throw error;
    throw new Error(`the database ${databaseName} is being restored by another process.`, { cause: error });
  }
}

async function insertAll(collections: Collections, file: string): Promise<void> {
  const byName = new Map(archived(collections).map((each) => [each.collectionName, each]));
  let batch: ArchivedDocument[] = [];
  const insert = async () => {
    const [first] = batch;
    if (first === undefined) return;
    const collection = byName.get(first.collection);
    if (collection === undefined)
      throw new WrongArchive(`${file} has a collection that is unknown: ${first.collection}.`);
    await collection.insertMany(batch.map(({ document }) => document) as never[], { ordered: false });
    batch = [];
  };
  for await (const entry of readArchive(file)) {
    if (batch.length === documentsAtATime || (batch[0] && batch[0].collection !== entry.collection)) await insert();
    batch.push(entry);
  }
  await insert();
}

/**
 * Sets the epoch, and orders the entries without a position before everything that this server will commit: its cluster time may be
 * behind that of the server that wrote the notes.
 */
async function beginFeed({ meta, outbox }: Collections, epoch: FeedEpoch): Promise<void> {
  const notes = await outbox.find({}).sort({ clusterTime: 1, _id: 1 }).toArray();
  const moves = notes.map(({ _id }, index) => ({
    updateOne: { filter: { _id }, update: { $set: { clusterTime: new Timestamp({ t: 1, i: index }) } } },
  }));
  if (moves.length > 0) await outbox.bulkWrite(moves);
  await meta.updateOne({ _id: "epoch" }, { $set: { value: epoch } }, { upsert: true });
}
