import type { JournalEntry, Read } from "@holdfast/domain";
import { type Database, Misconfigured, newestEntries, newestEntriesRead, StoreTime } from "@holdfast/engine";
import { MongoClient } from "mongodb";
import { clientOptions } from "./client-options.ts";
import { type Collections, collectionsOf } from "./collections.ts";
import { type JournalDocument, journalEntryFrom } from "./documents.ts";
import { paymentsApart } from "./migrations/0006-payments-apart.ts";
import { mongoMigrations } from "./migrations.ts";
import { mongoApiKeys } from "./mongo-api-keys.ts";
import { mongoFolds } from "./mongo-folds.ts";
import { probeMongo } from "./mongo-probe.ts";
import { mongoQueries } from "./mongo-queries.ts";
import { MongoSequencer } from "./mongo-sequencer.ts";
import { MongoStore } from "./mongo-store.ts";
import { type MigrateOptions, setUpDatabase } from "./set-up-database.ts";
import { VersionWatch, watched } from "./version-watch.ts";

export interface MongoAddress {
  /** `mongodb://` or `mongodb+srv://`, of a replica set of MongoDB 8.0 or later. */
  readonly url: string;
  /** The URL's own database if this is left out, else `holdfast`. */
  readonly databaseName?: string;
  /** Read before every decision, also where what this process remembers of its own commits would do. */
  readonly readFirst?: boolean;
}

/**
 * Opens a database, makes its collections and indexes where they are missing, and migrates one that is older. Several processes may
 * do so at once. It writes nothing any more once the database has been migrated beyond this program.
 *
 * Throws what the driver throws where the database cannot be reached within seconds, and `Misconfigured` where it is newer. Once it is open, it outlives any
 * outage: calls fail while the database is away, and work again when it is back.
 */
export async function openMongo(
  { url, databaseName = databaseOf(url), readFirst }: MongoAddress,
  options: MigrateOptions = {},
): Promise<Database> {
  const client = clientOf(url);
  try {
    await connect(client);
    const collections = collectionsOf(client, databaseName);
    await refuseHalfRestored(collections, databaseName);
    const { to } = await setUpDatabase(collections, databaseName, options);
    const watch = new VersionWatch(
      collections,
      (options.migrations ?? mongoMigrations).newest.version,
      to.compatibleFrom,
    );
    const time = new StoreTime();
    const queries = mongoQueries(collections, time);
    const { at, doubtful } = newestEntries(await newestOf(collections), await queries.now());
    time.notBefore(at);
    const store = new MongoStore(collections, time, {
      readFirst,
      listsPayments: () => watch.compatibleFrom < paymentsApart.version,
    });
    const database: Database = {
      store,
      queries,
      doubtful,
      apiKeys: mongoApiKeys(collections),
      folds: mongoFolds(collections),
      sequencer: new MongoSequencer(collections),
      probe: () => probeMongo(collections),
      close: async () => {
        store.close();
        await client.close();
      },
    };
    return watched(database, watch);
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Refuses a half restored database: it would sell the stock of the missing orders again. */
export async function refuseHalfRestored({ meta }: Collections, databaseName: string): Promise<void> {
  if ((await meta.findOne({ _id: "restoring" })) === null) return;
  throw new Error(
    `the database ${databaseName} is being restored. If no restore runs any more, it is half restored: drop it, and restore it again.`,
  );
}

/** Runs something with a database's collections, without making any. */
export async function withCollections<T>(
  { url, databaseName = databaseOf(url) }: MongoAddress,
  run: (collections: Collections, databaseName: string) => Promise<T>,
): Promise<T> {
  const client = clientOf(url);
  try {
    await connect(client);
    return await run(collectionsOf(client, databaseName), databaseName);
  } finally {
    await client.close();
  }
}

function clientOf(url: string): MongoClient {
  try {
    return new MongoClient(url, clientOptions);
  } catch (cause) {
    throw new Misconfigured(`DATABASE_URL is no URL that MongoDB takes: ${(cause as Error).message}`, { cause });
  }
}

/** Connects to a replica set. Rejects with a plain reason if it cannot. */
async function connect(client: MongoClient): Promise<void> {
  const hosts = client.options.hosts.map(String).join(", ");
  try {
    await client.connect();
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(
      `MongoDB cannot be reached at ${hosts} (${why}): does it run there, and is replicaSet in DATABASE_URL its name?`,
      { cause },
    );
  }
  const { setName, msg } = await client.db("admin").command({ hello: 1 });
  if (setName === undefined && msg !== "isdbgrid") {
    throw new Error(
      `MongoDB at ${hosts} is no replica set, and has no transactions: start it with --replSet rs0, and call rs.initiate() once`,
    );
  }
}

/** By their ids, which sort by time. */
async function newestOf({ journal }: Pick<Collections, "journal">): Promise<Read<JournalEntry>[]> {
  const newest = journal.find<JournalDocument>({ void: { $exists: false } }, { sort: { _id: -1 } });
  return (await newest.limit(newestEntriesRead).toArray()).map(journalEntryFrom);
}

function databaseOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(url)?.[1];
  return path === undefined ? "holdfast" : decodeURIComponent(path);
}
