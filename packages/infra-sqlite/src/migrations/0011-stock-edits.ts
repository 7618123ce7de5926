import type { SqliteMigration } from "../migrations.ts";

/**
 * What cannot be sold, when a level is low, and what an adjustment changes. A booked loss may leave less than is promised, so the check
 * of levels goes, for which SQLite makes the table anew. Programs that do not know it would sell what cannot be sold.
 */
export const stockEdits: SqliteMigration = {
  version: 11,
  name: "stock-edits",
  kind: "replace",
  run: (db) =>
    db.exec(`
CREATE TABLE levels_anew (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  total_stock INTEGER NOT NULL,
  reserved_stock INTEGER NOT NULL,
  committed_stock INTEGER NOT NULL,
  safety_stock INTEGER NOT NULL,
  unsellable_stock INTEGER,
  low_stock_threshold INTEGER,
  fold TEXT,
  folds INTEGER,
  -- The last journal entry that moved it.
  journal_id TEXT NOT NULL,
  PRIMARY KEY (sku, location_id)
) STRICT, WITHOUT ROWID;
INSERT INTO levels_anew
  (sku, location_id, version, total_stock, reserved_stock, committed_stock, safety_stock, fold, folds, journal_id)
  SELECT sku, location_id, version, total_stock, reserved_stock, committed_stock, safety_stock, fold, folds, journal_id
  FROM levels;
DROP TABLE levels;
ALTER TABLE levels_anew RENAME TO levels;

ALTER TABLE adjustments ADD COLUMN affects TEXT;
DROP INDEX adjustments_of_level;
CREATE INDEX adjustments_of_level ON adjustments (sku, location_id, id, delta, affects);
`),
};
