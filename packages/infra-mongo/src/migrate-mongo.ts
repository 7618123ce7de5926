import type { Migrated } from "@holdfast/engine";
import { versionIn } from "./database-version.ts";
import { type MongoAddress, refuseHalfRestored, withCollections } from "./open-mongo.ts";
import { type MigrateOptions, setUpDatabase } from "./set-up-database.ts";

/**
 * Migrates a database, as a start would, and further if `upTo` says so; also while it is served.
 *
 * Rejects with one line where there is none, it is half restored, or newer than this program.
 */
export async function migrateMongo(address: MongoAddress, options: MigrateOptions): Promise<Migrated> {
  return await withCollections(address, async (collections, databaseName) => {
    await refuseHalfRestored(collections, databaseName);
    if ((await versionIn(collections)) === undefined)
      throw new Error(`there is no Holdfast database ${databaseName} there; see DATABASE_URL`);
    return await setUpDatabase(collections, databaseName, options);
  });
}
