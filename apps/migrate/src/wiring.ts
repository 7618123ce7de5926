import type { Migrated, Migration, UpTo } from "@holdfast/engine";
import { migrateMongo } from "@holdfast/infra-mongo";
import { migrateSqlite } from "@holdfast/infra-sqlite";

/** The only file of this app that names adapters. Throws or rejects with one line that says why it cannot migrate. */
export async function migrate(
  url: string,
  options: { readonly upTo: UpTo; readonly onStep: (step: Migration) => void },
): Promise<Migrated> {
  if (!url.startsWith("file:")) return migrateMongo({ url }, options);
  return migrateSqlite(url.slice("file:".length), options);
}
