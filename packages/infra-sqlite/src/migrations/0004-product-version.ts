import type { SqliteMigration } from "../migrations.ts";

/** Products can change: every one that is there is its first version, whether its JSON says so or not. */
export const productVersion: SqliteMigration = {
  version: 4,
  name: "product-version",
  kind: "expand",
  run: (db) => db.exec("ALTER TABLE products ADD COLUMN version INTEGER NOT NULL DEFAULT 1"),
};
