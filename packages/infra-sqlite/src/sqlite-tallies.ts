import type { DatabaseSync } from "node:sqlite";
import { type LevelName, type LocationId, type Read, type Sku, type Tally, Unreadable } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { TallyReader } from "./tally-reader.ts";
import type { TallyOptions } from "./tally-thread.ts";
import { Thread } from "./thread.ts";

/** Works levels' figures out anew, each from one consistent read. */
export interface Tallier {
  /** `undefined` where there is no such level. */
  tallyOf(name: LevelName): Promise<Read<Tally> | undefined>;
  close(): Promise<void>;
}

/** On a connection of this thread: what is in memory belongs to one connection. */
export function tallierHere(db: DatabaseSync): Tallier {
  const reader = new TallyReader(db);
  return { tallyOf: async (name) => reader.read(name), close: async () => {} };
}

/** On a thread of its own: a long sum delays no request. Rejects where it cannot be opened. */
export async function tallierOnThread(options: TallyOptions): Promise<Tallier> {
  const module = new URL("./tally-thread.ts", import.meta.url);
  const thread = await Thread.open<LevelName, Read<Tally> | undefined>(module, options);
  return { tallyOf: async (name) => withItsClass(await thread.ask(name)), close: () => thread.close() };
}

/** What comes from another thread has lost its class. */
function withItsClass(read: Read<Tally> | undefined): Read<Tally> | undefined {
  if (read === undefined) return undefined;
  if ("reason" in read) return again(read);
  return "reason" in read.journalled ? { ...read, journalled: again(read.journalled) } : read;
}

function again({ kind, id, reason, claimKey }: Unreadable): Unreadable {
  return new Unreadable(kind, id, reason, claimKey);
}

/** Levels, page by page, beside their figures worked out anew. */
export function sqliteTallies(db: DatabaseSync, { tallyOf }: Pick<Tallier, "tallyOf">): Queries["tallies"] {
  const page = "(sku, location_id) > (?, ?) ORDER BY sku, location_id LIMIT ?";
  const names = db.prepare(`SELECT sku, location_id FROM levels WHERE ${page}`);
  const namesOf = db.prepare(`SELECT sku, location_id FROM levels WHERE sku = ? AND ${page}`);
  return async ({ sku }, { limit, after }) => {
    const statement = sku === undefined ? names : namesOf;
    const rows = statement.all(...(sku === undefined ? [] : [sku]), after?.sku ?? "", after?.locationId ?? "", limit);
    const tallies: Read<Tally>[] = [];
    for (const row of rows) {
      const tally = await tallyOf({ sku: row["sku"] as Sku, locationId: row["location_id"] as LocationId });
      if (tally !== undefined) tallies.push(tally);
    }
    return tallies;
  };
}
