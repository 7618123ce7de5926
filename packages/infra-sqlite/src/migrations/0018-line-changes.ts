import type { SqliteMigration } from "../migrations.ts";

/**
 * What orders were right after their lines were changed under an idempotency key. Programs that do not know it take no such key, and change
 * lines without.
 */
export const lineChanges: SqliteMigration = {
  version: 18,
  name: "line-changes",
  kind: "expand",
  run: (db) =>
    db.exec(
      "CREATE TABLE line_changes (id TEXT PRIMARY KEY, claim_key TEXT UNIQUE, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ),
};
