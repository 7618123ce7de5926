import { randomUUID } from "node:crypto";
import { levelKey } from "@holdfast/domain";
import { type BendableDatabase, describeStore } from "@holdfast/store-contract";
import type {} from "@holdfast/test-services";
import { MongoClient } from "mongodb";
import { inject } from "vitest";
import { collectionsOf } from "./collections.ts";
import { openMongo } from "./open-mongo.ts";

const url = inject("mongoUrl");

async function open(): Promise<BendableDatabase> {
  const databaseName = `store-${randomUUID()}`;
  const opened = await openMongo({ url, databaseName });
  const all = [opened];
  let { store } = opened;
  return {
    ...opened,
    store: { transact: (transaction) => store.transact(transaction) },
    bend: async ({ sku, locationId }, change) => {
      const client = new MongoClient(url);
      const { levels } = collectionsOf(client, databaseName);
      await levels.updateOne({ _id: levelKey(sku, locationId) }, { $set: change });
      await client.close();
      // A store that remembers its own last commit would write it over the edit, and so mend it by chance.
      const another = await openMongo({ url, databaseName });
      all.push(another);
      store = another.store;
    },
    close: async () => {
      await Promise.all(all.map((database) => database.close()));
    },
  };
}

/** As many as take a Python stand-in for MongoDB some seconds. */
const racingOrders = 1_080;

describeStore("MongoDB", open, racingOrders);
