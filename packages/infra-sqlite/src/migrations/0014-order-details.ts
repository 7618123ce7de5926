import type { SqliteMigration } from "../migrations.ts";

/**
 * What a shop finds orders by: its own reference, entries of metadata, and payments' references. Orders and payments without
 * pay nothing. Programs that do not know them write payments that are not found by their reference, so they may not.
 */
export const orderDetails: SqliteMigration = {
  version: 14,
  name: "order-details",
  kind: "replace",
  run: (db) =>
    db.exec(`
ALTER TABLE orders ADD COLUMN reference TEXT;
CREATE INDEX orders_by_reference ON orders (reference, id) WHERE reference IS NOT NULL;

-- One row for each entry of an order's metadata.
CREATE TABLE order_metadata (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (name, value, order_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE payments ADD COLUMN reference TEXT;
UPDATE payments SET reference = json_extract(body, '$.reference')
  WHERE json_valid(body) AND json_type(body, '$.reference') = 'text';
CREATE INDEX payments_by_reference ON payments (reference, order_id) WHERE reference IS NOT NULL;
`),
};
