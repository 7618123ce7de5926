import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type BendableDatabase, describeStore } from "@holdfast/store-contract";
import { onTestFinished } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

const columns: Readonly<Record<string, string>> = {
  version: "version",
  totalStock: "total_stock",
  reservedStock: "reserved_stock",
  committedStock: "committed_stock",
};

/** A file of its own, so that another connection can edit it. */
async function open(): Promise<BendableDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  return {
    ...database,
    bend: async ({ sku, locationId }, change) => {
      const db = new DatabaseSync(path);
      for (const [counter, units] of Object.entries(change)) {
        const sql = `UPDATE levels SET ${columns[counter]} = ? WHERE sku = ? AND location_id = ?`;
        db.prepare(sql).run(Number(units), sku, locationId);
      }
      db.close();
    },
  };
}

describeStore("sqlite", open);
