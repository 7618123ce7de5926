import { type Collection, Decimal128, type Document, MongoClient } from "mongodb";
import type { Corruption, Corruptions, PutBack } from "./corruption.ts";

interface Stored extends Document {
  readonly _id: string;
}

type Change = (document: Stored) => Stored;

/** Corrupts documents of a MongoDB database, which accepts every type in every field. */
export function mongoCorruptions(url: string): Corruptions {
  const corruption = (
    how: string,
    collection: string,
    change: Change,
    filter?: (id: string) => Document,
  ): Corruption => ({
    how,
    begin: (id) => begin(url, collection, filter?.(id) ?? { _id: id }, change),
  });
  const ofLevel = (how: string, change: Change) =>
    // Change the version too: APIs remember levels that they wrote, and overwrite an edit that keeps the version.
    corruption(
      how,
      "levels",
      (level) => ({ ...change(level), version: level["version"] + 1 }),
      (sku) => ({ sku }),
    );
  return {
    levels: [
      ofLevel("a stock that is a text", (level) => ({ ...level, totalStock: String(level["totalStock"]) })),
      ofLevel("a stock that is a Decimal128", (level) => ({
        ...level,
        totalStock: Decimal128.fromString(String(level["totalStock"])),
      })),
    ],
    orders: [
      corruption("an order without a total", "orders", ({ total, ...order }) => order),
      corruption("an order whose reservation runs out on a Date", "orders", (order) => ({
        ...order,
        reservation: { ...order["reservation"], expiresAt: new Date(order["reservation"].expiresAt) },
      })),
    ],
    entries: [
      corruption(
        "a journal entry without records",
        "journal",
        ({ records, ...entry }) => entry,
        (id) => ({
          "records.orderId": id,
        }),
      ),
    ],
  };
}

async function begin(url: string, name: string, filter: Document, change: Change): Promise<PutBack> {
  const before = await withCollection(url, name, async (collection) => {
    const document = await collection.findOne(filter);
    if (document === null) throw new Error(`there is no ${JSON.stringify(filter)} in ${name}`);
    await collection.replaceOne({ _id: document._id }, change(document));
    return document;
  });
  return () =>
    withCollection(url, name, async (collection) => void (await collection.replaceOne({ _id: before._id }, before)));
}

async function withCollection<Value>(
  url: string,
  name: string,
  use: (collection: Collection<Stored>) => Promise<Value>,
) {
  const client = new MongoClient(url);
  try {
    return await use(client.db().collection<Stored>(name));
  } finally {
    await client.close();
  }
}
