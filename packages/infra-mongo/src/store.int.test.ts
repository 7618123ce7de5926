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
  const database = await openMongo({ url, databaseName });
  return {
    ...database,
    bend: async ({ sku, locationId }, change) => {
      const client = new MongoClient(url);
      const { levels } = collectionsOf(client, databaseName);
      await levels.updateOne({ _id: levelKey(sku, locationId) }, { $set: change });
      await client.close();
    },
  };
}

describeStore("MongoDB", open);
