import { existsSync } from "node:fs";
import type { Database } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { openSqlite } from "@holdfast/infra-sqlite";

/**
 * The only file of this app that names adapters.
 *
 * A missing file is made only if `mayMake`: listing or revoking keys of a missing shop means that the path is wrong. Rejects if the
 * database cannot be reached, or is older than this program: the process that serves it may know only the older form.
 */
export async function openDatabase(url: string, mayMake: boolean): Promise<Database> {
  if (!url.startsWith("file:")) return openMongo({ url }, { mayMigrate: false });
  const path = url.slice("file:".length);
  if (!mayMake && !existsSync(path)) throw new Error(`there is no database ${path}; see DATABASE_URL`);
  return openSqlite({ path });
}
