import { foldedSku, foldedText } from "@holdfast/domain";
import type { MongoMigration } from "../migrations.ts";

/** What products are found by, of those that programs of the version before have created. Until then they are listed, and not found. */
export const foundProducts: MongoMigration = {
  version: 9,
  name: "found-products",
  kind: "contract",
  compatibleFrom: 7,
  run: ({ collections: { products }, eachBatch }) =>
    eachBatch(products, async (documents) => {
      const updates = documents.map(({ _id, name }) => ({
        updateOne: {
          // A change that comes meanwhile has written both.
          filter: { _id, name, foldedName: { $exists: false } },
          update: { $set: { foldedSku: foldedSku(_id), foldedName: foldedText(String(name)) } },
        },
      }));
      await products.bulkWrite(updates, { ordered: false });
    }),
};
