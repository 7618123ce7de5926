import { type EntityName, eachEntity } from "@holdfast/domain";
import type { Collection, MongoClient } from "mongodb";
import type {
  ApiKeyDocument,
  EntityDocument,
  JournalDocument,
  MetaDocument,
  OutboxDocument,
  SegmentDocument,
  VoidDocument,
} from "./documents.ts";

type EntityCollections = { readonly [N in EntityName]: Collection<EntityDocument<N>> };

/** The database's collections, and the client that reaches them. */
export interface Collections extends EntityCollections {
  readonly client: MongoClient;
  readonly meta: Collection<MetaDocument>;
  readonly journal: Collection<JournalDocument | VoidDocument>;
  /** The entries that the sequencer has yet to give a place in the feed. */
  readonly outbox: Collection<OutboxDocument>;
  readonly feed: Collection<SegmentDocument>;
  readonly apiKeys: Collection<ApiKeyDocument>;
}

/** Names the collections of a database. Asks the server nothing. */
export function collectionsOf(client: MongoClient, databaseName: string): Collections {
  const database = client.db(databaseName);
  return {
    client,
    meta: database.collection("meta"),
    ...eachEntity<EntityCollections>((name) => database.collection(name) as never),
    journal: database.collection("journal"),
    outbox: database.collection("outbox"),
    feed: database.collection("feed"),
    apiKeys: database.collection("apiKeys"),
  };
}
