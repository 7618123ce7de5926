import type { SqliteMigration } from "../migrations.ts";

/**
 * What readers of the feed last heard of a level, and an index of the few levels that have a threshold: no movement touches it. Programs
 * that do not know them move levels without a word, and the next movement by one that does says what is the case then.
 */
export const stockAlerts: SqliteMigration = {
  version: 13,
  name: "stock-alerts",
  kind: "expand",
  run: (db) =>
    db.exec(`
ALTER TABLE levels ADD COLUMN stock_alert TEXT;
CREATE INDEX levels_watched ON levels (sku, location_id) WHERE low_stock_threshold IS NOT NULL;
`),
};
