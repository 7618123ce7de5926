import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

/**
 * An order may have a SKU from several places: a line of it for each. Programs that do not know this go on with orders of one place; one
 * of several they find unreadable, and leave alone.
 */
export const linesAtPlaces: SqliteMigration = { version: 17, name: "lines-at-places", kind: "expand", run };

function run(db: SqlDatabase): void {
  db.exec(`
CREATE TABLE order_lines_at_places (
  sku TEXT NOT NULL,
  order_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, order_id, location_id)
) STRICT, WITHOUT ROWID;
INSERT INTO order_lines_at_places (sku, order_id, location_id, quantity)
  SELECT sku, order_id, location_id, quantity FROM order_lines ORDER BY sku, order_id;
DROP TABLE order_lines;
ALTER TABLE order_lines_at_places RENAME TO order_lines`);
}
