import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { baselineTables } from "./0003-baseline.ts";
import { linesAtPlaces } from "./0017-lines-at-places.ts";

test("keeps every line, lets a SKU of an order stand at two places, and once at each", () => {
  const db = new DatabaseSync(":memory:");
  db.exec(baselineTables);
  const insert = "INSERT INTO order_lines (sku, order_id, location_id, quantity) VALUES (?, ?, ?, ?)";
  db.prepare(insert).run("tea", "o2", "main", 3);
  db.prepare(insert).run("cup", "o1", "berlin", 1);
  linesAtPlaces.run(db);
  const add = db.prepare(insert);
  add.run("tea", "o2", "berlin", 2);
  expect(() => add.run("tea", "o2", "main", 2)).toThrow("UNIQUE");
  const rows = db.prepare("SELECT sku, order_id, location_id, quantity FROM order_lines").all();
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["cup", "o1", "berlin", 1],
    ["tea", "o2", "berlin", 2],
    ["tea", "o2", "main", 3],
  ]);
  db.close();
});
