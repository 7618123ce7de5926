import { claimedNames, declarationOf, type EntityName, entities } from "@holdfast/domain";
import { type FeedEpoch, idsByTime } from "@holdfast/engine";
import { type IndexDescription, MongoServerError } from "mongodb";
import type { Collections } from "./collections.ts";
import { openLocations } from "./open-locations.ts";

type Name = Exclude<keyof Collections, "client">;

/** Collections of what an idempotency key can make. */
const claimed: ReadonlySet<Name> = new Set<Name>([...claimedNames, "apiKeys"]);

/** An idempotency key makes one thing. Sparse: only what was made with a key pays for an entry. */
const claims: IndexDescription = { key: { "claim.key": 1 }, unique: true, sparse: true };

/**
 * By what collections are searched, besides `_id` and claims. Every index costs each order that is placed (10 % of the rate, measured on
 * a Python stand-in for MongoDB): none is here without a query that grows too slow without it.
 */
const searches: { readonly [N in Name]?: readonly IndexDescription[] } = {
  // Products by what their SKU or name begins with, and in order of name or age.
  products: [{ key: { foldedSku: 1 } }, { key: { foldedName: 1, _id: 1 } }, { key: { createdAt: 1, _id: 1 } }],
  // A product with all its levels in one lookup. Stock moves without touching it: a level's SKU never changes.
  levels: [
    { key: { sku: 1 } },
    // Those that have a threshold, of which a list shows the low ones.
    { key: { lowStockThreshold: 1 }, sparse: true },
  ],
  orders: [
    // The sweep, and when the next reservation runs out. Holds only live orders, so it stays as small as they are few.
    { key: { "reservation.expiresAt": 1 }, partialFilterExpression: { status: "PENDING_PAYMENT" } },
    // Lists by SKU, newest first; and what reconciliation adds up for one SKU.
    { key: { "lines.sku": 1, _id: -1 } },
    // Lists by customer, newest first. Orders without one, as of guests, pay nothing. (Any id is above "".)
    { key: { customerId: 1, _id: -1 }, partialFilterExpression: { customerId: { $gt: "" } } },
    // Refunds and reviews that are due must be found to the last one among a million paid orders, whatever their order's status. Lists
    // by other statuses begin at the newest order and soon find enough, so they need no index that slows placing orders down.
    { key: { unsoldOutcomes: 1, _id: -1 }, partialFilterExpression: { unsoldOutcomes: { $gt: "" } } },
    // Lists by the shop's own reference and metadata. Orders without pay nothing.
    { key: { reference: 1, _id: -1 }, partialFilterExpression: { reference: { $gt: "" } } },
    { key: { metadataEntries: 1, _id: -1 }, partialFilterExpression: { metadataEntries: { $gt: "" } } },
    // The same by payments in their orders' documents, which only programs that do not know step 7 write.
    { key: { "payments.reference": 1, _id: -1 }, partialFilterExpression: { "payments.reference": { $gt: "" } } },
  ],
  // Orders by a payment's reference, newest first.
  payments: [{ key: { reference: 1, orderId: -1 }, partialFilterExpression: { reference: { $gt: "" } } }],
  // Reconciliation adds up the adjustments of one SKU, behind those that are folded. Databases from before folds have an index on the
  // SKU alone beside this one.
  adjustments: [{ key: { sku: 1, _id: 1 } }],
  // The same of what has left; and an order's fulfilments, newest first.
  fulfilments: [{ key: { "lines.sku": 1, _id: 1 } }, { key: { orderId: 1, _id: -1 } }],
  reversals: [{ key: { "lines.sku": 1, _id: 1 } }, { key: { orderId: 1, _id: -1 } }],
  // The same of transfers, which are also listed by SKU and place, and by state.
  transfers: [
    { key: { "legs.sku": 1, _id: 1 } },
    { key: { "legs.locationId": 1, _id: -1 } },
    { key: { status: 1, _id: -1 } },
  ],
  receipts: [{ key: { "lines.sku": 1, _id: 1 } }, { key: { transferId: 1, _id: -1 } }],
  // The ledger of one SKU, newest first.
  journal: [{ key: { skus: 1, at: -1, _id: -1 } }],
  // In the order in which they get their positions. Nearly empty while the sequencer works.
  outbox: [{ key: { clusterTime: 1, _id: 1 } }],
  // A reader at a position continues with the first segment that ends behind it.
  feed: [{ key: { last: 1 } }],
  // Few, and read whole. Two requests at the same time make one key of a name, unless they rotate.
  apiKeys: [{ key: { soleName: 1 }, unique: true, sparse: true }],
};

/** Lists by a field, newest first. */
function listsOf(name: Name): IndexDescription[] {
  const { listedBy = [] } = name in entities ? declarationOf(name as EntityName) : {};
  return listedBy.map((field) => ({ key: { [field]: 1, _id: -1 } }));
}

const namespaceExists = 48;
const duplicateKey = 11000;

/**
 * Makes what is missing: collections first, as a transaction should find them there, then indexes, the clock, the epoch and the first location.
 * Several processes may do each step at once; the second one finds it done.
 */
export async function setUp(collections: Collections, databaseName: string): Promise<void> {
  const database = collections.client.db(databaseName);
  const { client: _client, ...named } = collections;
  for (const name of Object.keys(named) as Name[]) {
    await unlessDone(namespaceExists, () => database.createCollection(name));
    const indexes = [...(claimed.has(name) ? [claims] : []), ...(searches[name] ?? listsOf(name))];
    if (indexes.length > 0) await database.collection(name).createIndexes(indexes);
  }
  const epoch = idsByTime()() as FeedEpoch;
  for (const [_id, made] of [
    ["clock", {}],
    ["epoch", { value: epoch }],
  ] as const) {
    await unlessDone(duplicateKey, () => collections.meta.updateOne({ _id }, { $setOnInsert: made }, { upsert: true }));
  }
  await unlessDone(duplicateKey, () => openLocations(collections));
}

async function unlessDone(code: number, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === code)) throw error;
  }
}
