import { entities, entityNames, type RecordKind } from "@holdfast/domain";
import type { EditableDatabase } from "@holdfast/testing";
import { type EntityTable, entityTables } from "./entity-table.ts";
import type { SqlDatabase } from "./sql-database.ts";

type Edits = Pick<EditableDatabase, "editLevel" | "deleteLevel" | "corrupt">;

const columns: Readonly<Record<string, string>> = {
  version: "version",
  totalStock: "total_stock",
  reservedStock: "reserved_stock",
  committedStock: "committed_stock",
  unsellableStock: "unsellable_stock",
  incomingStock: "incoming_stock",
  fold: "fold",
};

/** For tests: edits what is stored behind the store's back, each time on a connection that `edit` opens. */
export function editsOn(edit: (change: (db: Pick<SqlDatabase, "prepare">) => void) => void): Edits {
  return {
    editLevel: async ({ sku, locationId }, change) => {
      edit((db) => {
        for (const [field, value] of Object.entries(change)) {
          const sql = `UPDATE levels SET ${columns[field]} = ? WHERE sku = ? AND location_id = ?`;
          db.prepare(sql).run(typeof value === "object" ? JSON.stringify(value) : value, sku, locationId);
        }
      });
    },
    deleteLevel: async ({ sku, locationId }) => {
      edit((db) => db.prepare("DELETE FROM levels WHERE sku = ? AND location_id = ?").run(sku, locationId));
    },
    corrupt: async (kind, id, fields) => edit((db) => corrupt(db, kind, id, fields)),
  };
}

type Kept = Pick<EntityTable, "table" | "keyColumns" | "hasBody" | "fields">;

/** Where records stand that are no entities. */
const otherTables: { readonly [Kind in RecordKind]?: Kept } = {
  journal_entry: { table: "journal", keyColumns: ["id"], hasBody: true, fields: [] },
  api_key: { table: "api_keys", keyColumns: ["id"], hasBody: true, fields: [] },
};

function corrupt(db: Pick<SqlDatabase, "prepare">, ...[kind, id, fields]: Parameters<Edits["corrupt"]>): void {
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
  const columnOf = new Map(kept.fields);
  for (const [field, value] of Object.entries(fields)) {
    db.prepare(`UPDATE ${kept.table} SET ${columnOf.get(field)} = ? WHERE ${isIt}`).run(Number(value), id);
  }
}
