import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { baselineTables } from "./0003-baseline.ts";
import { locations } from "./0012-locations.ts";

test("opens each place that has a stock level, and the first one in any case", () => {
  const db = new DatabaseSync(":memory:");
  db.exec(baselineTables);
  const level = db.prepare("INSERT INTO levels VALUES (?, ?, 1, 5, 0, 0, 0, 'j1')");
  for (const [sku, place] of [
    ["tea", "berlin"],
    ["cup", "berlin"],
    ["cup", "Nord~1"],
  ] as const)
    level.run(sku, place);
  locations.run(db);
  const rows = db.prepare("SELECT id, version, claim_key, body FROM locations ORDER BY id").all();
  expect(rows.map(({ id, version, claim_key, body }) => [id, version, claim_key, JSON.parse(String(body))])).toEqual([
    ["Nord~1", 1, null, { id: "Nord~1", version: 1, name: "Nord~1", priority: 1, active: true }],
    ["berlin", 1, null, { id: "berlin", version: 1, name: "berlin", priority: 1, active: true }],
    ["main", 1, null, { id: "main", version: 1, name: "Main", priority: 0, active: true }],
  ]);
  db.close();
});
