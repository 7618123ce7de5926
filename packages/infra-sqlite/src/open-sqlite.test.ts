import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeStore } from "@holdfast/store-contract";
import type { EditableDatabase } from "@holdfast/testing";
import { onTestFinished } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

const columns: Readonly<Record<string, string>> = {
  version: "version",
  totalStock: "total_stock",
  reservedStock: "reserved_stock",
  committedStock: "committed_stock",
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
      for (const [counter, units] of Object.entries(change)) {
        const sql = `UPDATE levels SET ${columns[counter]} = ? WHERE sku = ? AND location_id = ?`;
        db.prepare(sql).run(Number(units), sku, locationId);
      }
      db.close();
    },
    corrupt: async (kind, id, fields) => {
      const db = new DatabaseSync(path);
      corrupt(db, kind, id, fields);
      db.close();
    },
  };
}

/** Where a record stands as a body, and by which key. */
const bodies: Readonly<Record<string, string>> = {
  product: "products WHERE sku",
  order: "orders WHERE id",
  adjustment: "adjustments WHERE id",
  journal_entry: "journal WHERE id",
  api_key: "api_keys WHERE id",
};

function corrupt(db: DatabaseSync, ...[kind, id, fields]: Parameters<EditableDatabase["corrupt"]>): void {
  if (kind === "holding") {
    db.prepare("UPDATE holdings SET units = ? WHERE holder = ?").run(Number(fields["units"]), id);
    return;
  }
  if (kind === "stock_level") {
    for (const [counter, units] of Object.entries(fields)) {
      const sql = `UPDATE levels SET ${columns[counter]} = ? WHERE sku || '@' || location_id = ?`;
      db.prepare(sql).run(Number(units), id);
    }
    return;
  }
  const [table, key] = bodies[kind]?.split(" WHERE ") ?? [];
  const { body } = db.prepare(`SELECT body FROM ${bodies[kind]} = ?`).get(id) ?? {};
  const corrupted = JSON.stringify({ ...(JSON.parse(String(body)) as object), ...fields });
  db.prepare(`UPDATE ${table} SET body = ? WHERE ${key} = ?`).run(corrupted, id);
}

describeStore("sqlite", open);
