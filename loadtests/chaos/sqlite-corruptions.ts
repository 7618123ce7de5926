import { DatabaseSync } from "node:sqlite";
import type { Corruption, Corruptions, PutBack } from "./corruption.ts";
import { BrokenPromise } from "./readiness.ts";

/** A column of a table. */
interface Column {
  readonly table: string;
  readonly key: string;
  readonly name: string;
  /** The key of the row for the id of the corruption, if the two differ. */
  readonly find?: string;
}

const orders: Column = { table: "orders", key: "id", name: "body" };
const entries: Column = {
  table: "journal",
  key: "id",
  name: "body",
  find: "SELECT id FROM journal WHERE instr(body, ?) > 0 ORDER BY position LIMIT 1",
};
const figure = (name: string): Column => ({ table: "levels", key: "sku", name });

/** Greater than any safe integer of JavaScript. */
const beyondNumbers = String(2n ** 60n);
const cutOff = "substr(body, 1, length(body) / 2)";

/** Corrupts rows of a SQLite file. Its tables accept no text in a number column, but any number, and any text as a body. */
export function sqliteCorruptions(path: string): Corruptions {
  const corruption = (how: string, column: Column, to: string): Corruption => ({
    how,
    begin: (id) => begin(path, column, to, id),
  });
  return {
    levels: [
      corruption("a stock beyond all numbers", figure("total_stock"), beyondNumbers),
      corruption("a reserved stock below zero", figure("reserved_stock"), "-1"),
    ],
    orders: [
      corruption("an order that is cut off", orders, cutOff),
      corruption("an order without lines", orders, "json_remove(body, '$.lines')"),
    ],
    entries: [corruption("a journal entry that is cut off", entries, cutOff)],
  };
}

async function begin(path: string, { table, key, name, find }: Column, to: string, id: string): Promise<PutBack> {
  const [corrupted, before] = inTransaction(path, (db) => {
    const found = find === undefined ? id : String(Object.values(db.prepare(find).get(id) ?? {})[0]);
    const row = db.prepare(`SELECT ${name} AS value FROM ${table} WHERE ${key} = ?`).get(found);
    if (row === undefined) throw new Error(`there is no ${id} in ${table}`);
    db.prepare(`UPDATE ${table} SET ${name} = ${to} WHERE ${key} = ?`).run(found);
    return [found, row["value"] ?? null] as const;
  });
  return async () => {
    inTransaction(path, (db) => {
      const back = db.prepare(`UPDATE ${table} SET ${name} = ?1 WHERE ${key} = ?2 AND ${name} <> ?1`);
      if (back.run(before, corrupted).changes === 1) return;
      throw new BrokenPromise(`${corrupted} of ${table} was written over while it could not be read`);
    });
  };
}

function inTransaction<Value>(path: string, steps: (db: DatabaseSync) => Value): Value {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  try {
    db.exec("BEGIN IMMEDIATE");
    const value = steps(db);
    db.exec("COMMIT");
    return value;
  } finally {
    db.close();
  }
}
