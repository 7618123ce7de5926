import type { SqliteMigration } from "../migrations.ts";

/**
 * What customers have bought of products that limit it. Programs that do not know it sell such products without looking: set limits once
 * none of them runs.
 */
export const purchases: SqliteMigration = {
  version: 16,
  name: "purchases",
  kind: "expand",
  run: (db) => db.exec("CREATE TABLE purchases (buyer TEXT PRIMARY KEY, bought TEXT NOT NULL) STRICT, WITHOUT ROWID"),
};
