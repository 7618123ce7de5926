import { foldedSku } from "@holdfast/domain";
import type { MongoMigration } from "../migrations.ts";

/**
 * Each SKU is taken in whatever case, also those of products that programs of the version before have created: from then on none is left
 * that creates one without. Where two products differ by case alone, which was allowed, both stay, and the first one that is met takes it.
 */
export const takenSkus: MongoMigration = {
  version: 8,
  name: "taken-skus",
  kind: "contract",
  compatibleFrom: 7,
  run: ({ collections, eachBatch }) =>
    eachBatch(collections.products, async (documents) => {
      const takes = documents.map(({ _id: sku }) => ({
        updateOne: { filter: { _id: foldedSku(sku) }, update: { $setOnInsert: { sku } }, upsert: true },
      }));
      await collections.takenSkus.bulkWrite(takes, { ordered: false });
    }),
};
