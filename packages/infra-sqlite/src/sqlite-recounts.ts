import type { LevelName, LocationId, Read, Recount, Sku, Trust } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { RecountReader } from "./recount-reader.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** Works levels' figures out anew, each from one consistent read. */
export interface Recounter {
  /** `undefined` where there is no such level. */
  recountOf(name: LevelName, trust: Trust): Promise<Read<Recount> | undefined>;
  close(): Promise<void>;
}

/** On a connection of this thread, since a database in memory belongs to one connection. */
export function recounterHere(db: SqlDatabase): Recounter {
  const reader = new RecountReader(db);
  return { recountOf: async (name, trust) => reader.read(name, trust), close: async () => {} };
}

/** Levels, page by page, beside their recounts. */
export function sqliteRecounts(db: SqlDatabase, { recountOf }: Pick<Recounter, "recountOf">): Queries["recounts"] {
  const page = "(sku, location_id) > (?, ?) ORDER BY sku, location_id LIMIT ?";
  const names = db.prepare(`SELECT sku, location_id FROM levels WHERE ${page}`);
  const namesOf = db.prepare(`SELECT sku, location_id FROM levels WHERE sku = ? AND ${page}`);
  return async ({ sku, trust = "never" }, { limit, after }) => {
    const statement = sku === undefined ? names : namesOf;
    const rows = statement.all(...(sku === undefined ? [] : [sku]), after?.sku ?? "", after?.locationId ?? "", limit);
    const recounts: Read<Recount>[] = [];
    for (const row of rows) {
      const name = { sku: row["sku"] as Sku, locationId: row["location_id"] as LocationId };
      const recount = await recountOf(name, trust);
      if (recount !== undefined) recounts.push(recount);
    }
    return recounts;
  };
}
