import { baseline } from "@holdfast/engine";
import type { Document } from "mongodb";
import { type ArchivedDocument, writeArchive } from "./archive.ts";
import { atOneMoment, type OfOneMoment } from "./at-one-moment.ts";
import type { Collections } from "./collections.ts";
import { versionIn } from "./database-version.ts";
import { mongoMigrations } from "./migrations.ts";
import { type MongoAddress, withCollections } from "./open-mongo.ts";

/** Documents that the server sends at a time. */
const documentsAtATime = 1_000;

/** SnapshotTooOld, and what it says of a transaction that has lived too long: TransactionTooOld, NoSuchTransaction. */
const tooLate: readonly unknown[] = [239, 225, 251];

/**
 * Writes all documents of a database, as they are at one moment, to a file that is not there yet; also while it is served.
 *
 * Rejects with one line where there is no database, or the server does not keep the moment for as long as it takes.
 */
export async function backUpMongo(address: MongoAddress, to: string): Promise<void> {
  await withCollections(address, async (collections, databaseName) => {
    await expectWholeDatabase(collections, databaseName);
    try {
      await atOneMoment(collections, (moment) => writeAll(collections, moment, databaseName, to));
    } catch (cause) {
      if (!tooLate.includes((cause as { code?: unknown }).code)) throw cause;
      throw new Error(
        "it took longer than the server keeps a moment. Raise its minSnapshotHistoryWindowInSeconds, at a quiet hour, or use mongodump (docs/runbook.md).",
        { cause },
      );
    }
  });
}

/** In the middle of a migration it is of the version before: what was changed already is met again when it is restored. */
async function writeAll(
  collections: Collections,
  moment: OfOneMoment,
  databaseName: string,
  to: string,
): Promise<void> {
  const version = (await versionIn(collections, moment)) ?? baseline;
  const reason = mongoMigrations.refusal(version);
  if (reason !== undefined) throw new Error(`the database ${databaseName} ${reason}.`);
  await writeArchive(to, version, documentsOf(collections, moment));
}

async function expectWholeDatabase({ meta }: Collections, databaseName: string): Promise<void> {
  const known = await meta.find({ _id: { $in: ["epoch", "restoring"] } }).toArray();
  if (known.some(({ _id }) => _id === "restoring")) throw new Error(`${databaseName} is half restored.`);
  if (known.length === 0) throw new Error(`there is no Holdfast database ${databaseName} there; see DATABASE_URL`);
}

/** Of each collection but `meta`, which a restored database makes anew. */
async function* documentsOf(collections: Collections, moment: OfOneMoment): AsyncGenerator<ArchivedDocument> {
  for (const collection of archived(collections)) {
    // Numbers as the types that they are stored in.
    const options = { ...moment, batchSize: documentsAtATime, promoteValues: false };
    for await (const document of collection.find({}, options).sort({ _id: 1 })) {
      yield { collection: collection.collectionName, document: document as Document };
    }
  }
}

/** The collections that a backup holds. */
export function archived({ client: _client, meta: _meta, ...others }: Collections) {
  return Object.values(others);
}
