import type { SqliteMigration } from "../migrations.ts";

/** Units between places: transfers, what has arrived of them, and what a level expects. Programs that do not know them leave all of it alone. */
export const transfers: SqliteMigration = {
  version: 15,
  name: "transfers",
  kind: "expand",
  run: (db) =>
    db.exec(`
CREATE TABLE transfers (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX transfers_by_status ON transfers (status, id);
-- In order of id behind a fold, with all that a recount adds up. All of a row is its key: a step replaces rows.
CREATE TABLE transfer_legs (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  transfer_id TEXT NOT NULL,
  state TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, location_id, transfer_id, state, quantity)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_legs_by_transfer ON transfer_legs (transfer_id);

CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  transfer_id TEXT NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_by_transfer ON receipts (transfer_id, id);
CREATE TABLE receipt_lines (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  condition TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, location_id, receipt_id, condition)
) STRICT, WITHOUT ROWID;

ALTER TABLE levels ADD COLUMN incoming_stock INTEGER;
`),
};
