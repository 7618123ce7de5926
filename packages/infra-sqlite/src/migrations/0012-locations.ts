import { firstLocation, type LocationId } from "@holdfast/domain";
import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

/**
 * Locations, which were made by whatever named them. Each that has a stock level is there, and active; `main` in any case. Programs that
 * do not know the table go on making stock levels at any place.
 */
export const locations: SqliteMigration = { version: 12, name: "locations", kind: "expand", run };

function run(db: SqlDatabase): void {
  db.exec(`
CREATE TABLE locations (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID`);
  const found = db.prepare("SELECT DISTINCT location_id FROM levels").all();
  const add = db.prepare("INSERT INTO locations (id, version, body) VALUES (?, ?, ?)");
  const ids = new Set([firstLocation.id, ...found.map((row) => row["location_id"] as LocationId)]);
  for (const id of ids) {
    const location = id === firstLocation.id ? firstLocation : { ...firstLocation, id, name: id, priority: 1 };
    add.run(id, location.version, JSON.stringify(location));
  }
}
