import type { Database } from "@holdfast/engine";
import { MongoClient } from "mongodb";
import { clientOptions } from "./client-options.ts";
import { type Collections, collectionsOf } from "./collections.ts";
import { mongoApiKeys } from "./mongo-api-keys.ts";
import { probeMongo } from "./mongo-probe.ts";
import { mongoQueries } from "./mongo-queries.ts";
import { MongoSequencer } from "./mongo-sequencer.ts";
import { MongoStore } from "./mongo-store.ts";
import { setUp } from "./set-up.ts";

export interface MongoAddress {
  /** `mongodb://` or `mongodb+srv://`, of a replica set of MongoDB 8.0 or later. */
  readonly url: string;
  /** The URL's own database if this is left out, else `holdfast`. */
  readonly databaseName?: string;
  /** Read before every decision, also where what this process remembers of its own commits would do. */
  readonly readFirst?: boolean;
}

/**
 * Opens a database, and makes its collections and indexes where they are missing. Several processes may do so at once.
 *
 * Throws what the driver throws where the database cannot be reached within seconds. Once it is open, it outlives any
 * outage: calls fail while the database is away, and work again when it is back.
 */
export async function openMongo({ url, databaseName = databaseOf(url), readFirst }: MongoAddress): Promise<Database> {
  const client = new MongoClient(url, clientOptions);
  try {
    await client.connect();
    const collections = collectionsOf(client, databaseName);
    await refuseHalfRestored(collections, databaseName);
    await setUp(collections, databaseName);
    const store = new MongoStore(collections, readFirst === undefined ? {} : { readFirst });
    return {
      store,
      queries: mongoQueries(collections),
      apiKeys: mongoApiKeys(collections),
      sequencer: new MongoSequencer(collections),
      probe: () => probeMongo(collections),
      close: async () => {
        store.close();
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** A database that lacks half of its orders would sell their stock again. */
async function refuseHalfRestored({ meta }: Collections, databaseName: string): Promise<void> {
  if ((await meta.findOne({ _id: "restoring" })) === null) return;
  throw new Error(
    `the database ${databaseName} is being restored. If no restore runs any more, it is half restored: drop it, and restore it again.`,
  );
}

/** Runs something with a database's collections, and makes none of them. */
export async function withCollections<T>(
  { url, databaseName = databaseOf(url) }: MongoAddress,
  run: (collections: Collections, databaseName: string) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(url, clientOptions);
  try {
    await client.connect();
    return await run(collectionsOf(client, databaseName), databaseName);
  } finally {
    await client.close();
  }
}

function databaseOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(url)?.[1];
  return path === undefined ? "holdfast" : decodeURIComponent(path);
}
