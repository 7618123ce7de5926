import type { Collection, MongoClient } from "mongodb";
import type {
  AdjustmentDocument,
  ApiKeyDocument,
  JournalDocument,
  LevelDocument,
  OrderDocument,
  ProductDocument,
  VoidDocument,
} from "./documents.ts";

/** The database's collections, and the client that reaches them. */
export interface Collections {
  readonly client: MongoClient;
  /** One document, `clock`: something to ask the server's time of. */
  readonly meta: Collection<{ readonly _id: string }>;
  readonly products: Collection<ProductDocument>;
  readonly levels: Collection<LevelDocument>;
  readonly orders: Collection<OrderDocument>;
  readonly adjustments: Collection<AdjustmentDocument>;
  readonly journal: Collection<JournalDocument | VoidDocument>;
  readonly apiKeys: Collection<ApiKeyDocument>;
  /** One document. */
  readonly feed: Collection<FeedDocument>;
}

/** How far the feed has come; see mongo-sequencer.ts. */
export interface FeedDocument {
  readonly _id: "feed";
  /** The last position that a journal entry has. */
  readonly end: number;
  /** The entries that are being given the next ones. */
  readonly next: readonly string[];
}

/** Names the collections of a database. Asks the server nothing. */
export function collectionsOf(client: MongoClient, databaseName: string): Collections {
  const database = client.db(databaseName);
  return {
    client,
    meta: database.collection("meta"),
    products: database.collection("products"),
    levels: database.collection("levels"),
    orders: database.collection("orders"),
    adjustments: database.collection("adjustments"),
    journal: database.collection("journal"),
    apiKeys: database.collection("apiKeys"),
    feed: database.collection("feed"),
  };
}
