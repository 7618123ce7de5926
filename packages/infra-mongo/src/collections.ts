import type { Collection, MongoClient } from "mongodb";
import type {
  AdjustmentDocument,
  ApiKeyDocument,
  CorrectionDocument,
  HoldingDocument,
  JournalDocument,
  LevelDocument,
  MetaDocument,
  OrderDocument,
  OutboxDocument,
  ProductDocument,
  SegmentDocument,
  VoidDocument,
} from "./documents.ts";

/** The database's collections, and the client that reaches them. */
export interface Collections {
  readonly client: MongoClient;
  readonly meta: Collection<MetaDocument>;
  readonly products: Collection<ProductDocument>;
  readonly levels: Collection<LevelDocument>;
  readonly orders: Collection<OrderDocument>;
  readonly adjustments: Collection<AdjustmentDocument>;
  readonly corrections: Collection<CorrectionDocument>;
  readonly holdings: Collection<HoldingDocument>;
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
    products: database.collection("products"),
    levels: database.collection("levels"),
    orders: database.collection("orders"),
    adjustments: database.collection("adjustments"),
    corrections: database.collection("corrections"),
    holdings: database.collection("holdings"),
    journal: database.collection("journal"),
    outbox: database.collection("outbox"),
    feed: database.collection("feed"),
    apiKeys: database.collection("apiKeys"),
  };
}
