import type { DatabaseSync } from "node:sqlite";
import {
  type LevelName,
  type LocationId,
  type Read,
  type Recount,
  type Sku,
  type Trust,
  Unreadable,
} from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { RecountReader } from "./recount-reader.ts";
import type { RecountOptions, RecountQuestion } from "./recount-thread.ts";
import { moduleBeside, Thread } from "./thread.ts";

/** Works levels' figures out anew, each from one consistent read. */
export interface Recounter {
  /** `undefined` where there is no such level. */
  recountOf(name: LevelName, trust: Trust): Promise<Read<Recount> | undefined>;
  close(): Promise<void>;
}

/** On a connection of this thread, since a database in memory belongs to one connection. */
export function recounterHere(db: DatabaseSync): Recounter {
  const reader = new RecountReader(db);
  return { recountOf: async (name, trust) => reader.read(name, trust), close: async () => {} };
}

/** On a thread of its own: a long sum delays no request. Rejects where it cannot be opened. */
export async function recounterOnThread(options: RecountOptions): Promise<Recounter> {
  const module = moduleBeside(import.meta.url, "./recount-thread");
  const thread = await Thread.open<RecountQuestion, Read<Recount> | undefined>(module, options);
  return {
    recountOf: async (level, trust) => withItsClass(await thread.ask({ level, trust })),
    close: () => thread.close(),
  };
}

/** Restores the class that an object lost on its way from another thread. */
function withItsClass(read: Read<Recount> | undefined): Read<Recount> | undefined {
  if (read === undefined) return undefined;
  if ("reason" in read) return again(read);
  return "reason" in read.journalled ? { ...read, journalled: again(read.journalled) } : read;
}

function again({ kind, id, reason, claimKey }: Unreadable): Unreadable {
  return new Unreadable(kind, id, reason, claimKey);
}

/** Levels, page by page, beside their recounts. */
export function sqliteRecounts(db: DatabaseSync, { recountOf }: Pick<Recounter, "recountOf">): Queries["recounts"] {
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
