import type { SqliteMigration } from "../migrations.ts";

/** What was cancelled and came back of sold orders, and the money that went back. Programs that do not know it leave these tables alone. */
export const reversals: SqliteMigration = {
  version: 10,
  name: "reversals",
  kind: "expand",
  run: (db) =>
    db.exec(`
CREATE TABLE reversals (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reversals_by_order ON reversals (order_id, id);
-- In order of id behind a fold, with all that a recount adds up.
CREATE TABLE reversal_lines (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  reversal_id TEXT NOT NULL,
  disposition TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, location_id, reversal_id, disposition)
) STRICT, WITHOUT ROWID;

CREATE TABLE repayments (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX repayments_by_order ON repayments (order_id, id);
`),
};
