import type { SqliteMigration } from "../migrations.ts";

/** Levels keep what their old orders and adjustments add up to, and what comes behind is found in order of id. */
export const folds: SqliteMigration = {
  version: 5,
  name: "folds",
  kind: "expand",
  run: (db) =>
    db.exec(`
ALTER TABLE levels ADD COLUMN folds INTEGER;
ALTER TABLE levels ADD COLUMN fold TEXT;
CREATE INDEX adjustments_of_level ON adjustments (sku, location_id, id, delta);
DROP INDEX adjustments_by_level;
`),
};
