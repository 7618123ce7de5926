import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { entities, entityNames, type RecordKind } from "@holdfast/domain";
import { describeStore } from "@holdfast/store-contract";
import type { EditableDatabase } from "@holdfast/testing";
import { onTestFinished } from "vitest";
import { type EntityTable, entityTables } from "./entity-table.ts";
import { openSqlite } from "./open-sqlite.ts";

const columns: Readonly<Record<string, string>> = {
  version: "version",
  totalStock: "total_stock",
  reservedStock: "reserved_stock",
  committedStock: "committed_stock",
  fold: "fold",
};

/** A file of its own, so that another connection can edit it. */
async function open(): Promise<EditableDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  return {
    ...database,
    editLevel: async ({ sku, locationId }, change) => {
      const db = new DatabaseSync(path);
      for (const [field, value] of Object.entries(change)) {
        const sql = `UPDATE levels SET ${columns[field]} = ? WHERE sku = ? AND location_id = ?`;
        db.prepare(sql).run(typeof value === "object" ? JSON.stringify(value) : value, sku, locationId);
      }
      db.close();
    },
    deleteLevel: async ({ sku, locationId }) => {
      const db = new DatabaseSync(path);
      db.prepare("DELETE FROM levels WHERE sku = ? AND location_id = ?").run(sku, locationId);
      db.close();
    },
    corrupt: async (kind, id, fields) => {
      const db = new DatabaseSync(path);
      corrupt(db, kind, id, fields);
      db.close();
    },
  };
}

type Kept = Pick<EntityTable, "table" | "keyColumns" | "hasBody" | "fields">;

/** Where records stand that are no entities. */
const otherTables: { readonly [Kind in RecordKind]?: Kept } = {
  journal_entry: { table: "journal", keyColumns: ["id"], hasBody: true, fields: [] },
  api_key: { table: "api_keys", keyColumns: ["id"], hasBody: true, fields: [] },
};

function corrupt(db: DatabaseSync, ...[kind, id, fields]: Parameters<EditableDatabase["corrupt"]>): void {
  const name = entityNames.find((each) => entities[each].kind === kind);
  const kept = name === undefined ? otherTables[kind] : entityTables[name];
  if (kept === undefined) throw new Error(`there is no table of ${kind}`);
  const isIt = `${kept.keyColumns.join(" || '@' || ")} = ?`;
  if (kept.hasBody) {
    const { body } = db.prepare(`SELECT body FROM ${kept.table} WHERE ${isIt}`).get(id) ?? {};
    const corrupted = JSON.stringify({ ...(JSON.parse(String(body)) as object), ...fields });
    db.prepare(`UPDATE ${kept.table} SET body = ? WHERE ${isIt}`).run(corrupted, id);
    return;
  }
  const columns = new Map(kept.fields);
  for (const [field, value] of Object.entries(fields)) {
    db.prepare(`UPDATE ${kept.table} SET ${columns.get(field)} = ? WHERE ${isIt}`).run(Number(value), id);
  }
}

describeStore("sqlite", open);
