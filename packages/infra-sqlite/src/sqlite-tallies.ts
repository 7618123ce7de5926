import type { DatabaseSync } from "node:sqlite";
import type { LevelName, LocationId, Sku, Tally } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { TallyReader } from "./tally-reader.ts";

/**
 * Levels beside their figures worked out anew, on a connection of its own: in a read transaction there, a level's figures stay those
 * of one moment while others commit, so that a long sum can be done in steps and nobody waits for it.
 *
 * Without a connection of its own, as in memory, a level is worked out in one go.
 */
export function sqliteTallies(db: DatabaseSync, own: DatabaseSync | undefined): Queries["tallies"] {
  const page = "(sku, location_id) > (?, ?) ORDER BY sku, location_id LIMIT ?";
  const names = db.prepare(`SELECT sku, location_id FROM levels WHERE ${page}`);
  const namesOf = db.prepare(`SELECT sku, location_id FROM levels WHERE sku = ? AND ${page}`);
  const reader = new TallyReader(own ?? db);
  let busy: Promise<unknown> = Promise.resolve();

  async function tallyOf(name: LevelName): Promise<Tally | undefined> {
    if (own === undefined) return reader.read(name);
    own.exec("BEGIN");
    try {
      return await reader.readInSteps(name);
    } finally {
      if (own.isOpen) own.exec("COMMIT");
    }
  }

  /** One at a time: a connection has one transaction. */
  function inTurn(name: LevelName): Promise<Tally | undefined> {
    const tally = busy.then(() => tallyOf(name));
    busy = tally.catch(() => {});
    return tally;
  }

  return async ({ sku }, { limit, after }) => {
    const statement = sku === undefined ? names : namesOf;
    const rows = statement.all(...(sku === undefined ? [] : [sku]), after?.sku ?? "", after?.locationId ?? "", limit);
    const tallies: Tally[] = [];
    for (const row of rows) {
      await new Promise((resolve) => setImmediate(resolve));
      const tally = await inTurn({ sku: row["sku"] as Sku, locationId: row["location_id"] as LocationId });
      if (tally !== undefined) tallies.push(tally);
    }
    return tallies;
  };
}
