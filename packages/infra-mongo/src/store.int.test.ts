import { randomUUID } from "node:crypto";
import { entities, entityNames, levelKey } from "@holdfast/domain";
import { describeStore } from "@holdfast/store-contract";
import type {} from "@holdfast/test-services";
import type { EditableDatabase } from "@holdfast/testing";
import { type Collection, type Document, MongoClient } from "mongodb";
import { inject } from "vitest";
import { type Collections, collectionsOf } from "./collections.ts";
import { openMongo } from "./open-mongo.ts";

const url = inject("mongoUrl");

async function open(): Promise<EditableDatabase> {
  const databaseName = `store-${randomUUID()}`;
  const opened = await openMongo({ url, databaseName });
  const all = [opened];
  let { store } = opened;
  /** A store that remembers its own last commit would overwrite an edit, and so repair it by chance. */
  const edit = async (change: (collections: Collections) => Promise<unknown>) => {
    const client = new MongoClient(url);
    await change(collectionsOf(client, databaseName));
    await client.close();
    const another = await openMongo({ url, databaseName });
    all.push(another);
    store = another.store;
  };
  return {
    ...opened,
    store: { transact: (transaction) => store.transact(transaction) },
    editLevel: ({ sku, locationId }, change) =>
      edit(({ levels }) => levels.updateOne({ _id: levelKey(sku, locationId) }, { $set: change })),
    deleteLevel: ({ sku, locationId }) => edit(({ levels }) => levels.deleteOne({ _id: levelKey(sku, locationId) })),
    corrupt: (kind, id, fields) =>
      edit((collections) => {
        const name = entityNames.find((each) => entities[each].kind === kind);
        const collection = collections[name ?? otherCollections[kind as keyof typeof otherCollections]];
        return (collection as never as Collection<Document>).updateOne({ _id: id as never }, { $set: fields });
      }),
    close: async () => {
      await Promise.all(all.map((database) => database.close()));
    },
  };
}

/** Of records that are no entities. */
const otherCollections = { journal_entry: "journal", api_key: "apiKeys" } as const;

/** As many as take a Python stand-in for MongoDB some seconds. */
const racingOrders = 1_080;

describeStore("MongoDB", open, racingOrders);
