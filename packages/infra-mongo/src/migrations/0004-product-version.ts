import type { MigrationWork, MongoMigration } from "../migrations.ts";

/** Products can change, guarded by their version: one that says none is its first. */
export const productVersion: MongoMigration = {
  version: 4,
  name: "product-version",
  kind: "expand",
  run: nameFirstVersions,
};

export async function nameFirstVersions({ collections: { products }, eachBatch }: MigrationWork): Promise<void> {
  await eachBatch(products, async (documents) => {
    const ids = documents.filter(({ version }) => version === undefined).map(({ _id }) => _id);
    if (ids.length === 0) return;
    await products.updateMany({ _id: { $in: ids }, version: { $exists: false } }, { $set: { version: 1 } });
  });
}
