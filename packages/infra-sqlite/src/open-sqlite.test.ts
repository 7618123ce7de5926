import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeStore } from "@holdfast/store-contract";
import type { EditableDatabase } from "@holdfast/testing";
import { onTestFinished } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import { editsOn } from "./test-edits.ts";

/** A file of its own, so that another connection can edit it. */
async function open(): Promise<EditableDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  const edits = editsOn((change) => {
    const db = new DatabaseSync(path);
    change(db);
    db.close();
  });
  return { ...database, ...edits };
}

describeStore("sqlite", open);
