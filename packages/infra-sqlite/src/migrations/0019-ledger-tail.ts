import type { SqliteMigration } from "../migrations.ts";

/**
 * The newest entries of the ledger, which are not sorted in by SKU yet. Programs that do not know it would read ledgers without them.
 */
export const ledgerTail: SqliteMigration = {
  version: 19,
  name: "ledger-tail",
  kind: "replace",
  run: (db) =>
    db.exec(
      "CREATE TABLE ledger_tail (id TEXT PRIMARY KEY, at INTEGER NOT NULL, skus TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ),
};
