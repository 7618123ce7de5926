import { Migrations } from "@holdfast/engine";
import { type MongoMigration, mongoMigrations } from "../migrations.ts";
import { openMongo } from "../open-mongo.ts";

// A process that migrates a database, and stays in the middle of it, with one batch of orders marked, until it is killed.

const [url = "", databaseName = ""] = process.argv.slice(2);

const stuck: MongoMigration = {
  version: mongoMigrations.newest.version + 1,
  name: "marks",
  kind: "expand",
  run: ({ collections: { orders }, eachBatch }) =>
    eachBatch(orders, async (documents) => {
      if ((await orders.countDocuments({ mark: 1 } as object)) > 0) {
        console.log("in the middle");
        await new Promise(() => {});
      }
      await orders.updateMany({ _id: { $in: documents.map(({ _id }) => _id) } }, { $set: { mark: 1 } as object });
    }),
};

await openMongo(
  { url, databaseName },
  { migrations: new Migrations([...mongoMigrations, stuck]), documentsAtATime: 5, contractWaitMs: 1, leaseMs: 1_500 },
);
