import { existsSync } from "node:fs";
import type { Database } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { openSqlite } from "@holdfast/infra-sqlite";

/**
 * The only file of this app that names adapters.
 *
 * A file that is missing is made only if `mayMake`: whoever lists or revokes keys of a shop that is not there has named the
 * wrong one. Rejects where the database cannot be reached, or is
 * older than this program: who serves it may know the older form only.
 */
export async function openDatabase(url: string, mayMake: boolean): Promise<Database> {
  if (!url.startsWith("file:")) return openMongo({ url }, { mayMigrate: false });
  const path = url.slice("file:".length);
  if (!mayMake && !existsSync(path)) throw new Error(`there is no database ${path}; see DATABASE_URL`);
  return openSqlite({ path });
}
