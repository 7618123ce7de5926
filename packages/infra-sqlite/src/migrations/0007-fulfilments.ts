import type { SqliteMigration } from "../migrations.ts";

/** What has left of orders. Programs that do not know it leave these tables alone, and add levels up without them. */
export const fulfilments: SqliteMigration = {
  version: 7,
  name: "fulfilments",
  kind: "expand",
  run: (db) =>
    db.exec(`
CREATE TABLE fulfilments (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fulfilments_by_order ON fulfilments (order_id, id);
-- In order of id behind a fold, with all that a recount adds up.
CREATE TABLE fulfilment_lines (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  fulfilment_id TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, location_id, fulfilment_id)
) STRICT, WITHOUT ROWID;
`),
};
