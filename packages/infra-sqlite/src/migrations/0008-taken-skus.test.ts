import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { baselineTables } from "./0003-baseline.ts";
import { takenSkus } from "./0008-taken-skus.ts";

test("each SKU is taken, be its product readable or not; of two that differ by case the first one takes it", () => {
  const db = new DatabaseSync(":memory:");
  onTestFinished(() => db.close());
  db.exec(baselineTables);
  const insert = db.prepare("INSERT INTO products (sku, body) VALUES (?, ?)");
  for (const sku of ["tea", "TEA", "Cup", "ÉTÉ", "été"]) insert.run(sku, sku === "Cup" ? "no JSON" : "{}");
  takenSkus.run(db);
  const taken = db.prepare("SELECT folded, body FROM taken_skus ORDER BY folded").all();
  expect(taken.map(({ folded, body }) => [folded, JSON.parse(String(body)) as unknown])).toEqual([
    ["cup", { folded: "cup", sku: "Cup" }],
    ["tea", { folded: "tea", sku: "TEA" }],
    ["été", { folded: "été", sku: "ÉTÉ" }],
  ]);
});
