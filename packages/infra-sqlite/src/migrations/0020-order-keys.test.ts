import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { OrderKeys } from "../order-keys.ts";
import { baselineTables } from "./0003-baseline.ts";
import { orderKeys } from "./0020-order-keys.ts";

test("finds every order by its key as before, in runs that have filters, and begins one for new keys", () => {
  const db = new DatabaseSync(":memory:");
  db.exec(baselineTables);
  db.exec("BEGIN");
  const insert = db.prepare("INSERT INTO orders VALUES (?, 1, 'CONFIRMED', NULL, 1, 1, ?, '{}')");
  for (let n = 0; n < 50_000; n += 1) insert.run(`ord-${n}`, n % 5 === 4 ? null : `key-${n}`);
  for (let n = 50_000; n < 60_000; n += 1) insert.run(`ord-${n}`, `key-${n}`);
  orderKeys.run(db);
  db.exec("COMMIT");
  expect(
    db
      .prepare("SELECT run, filter IS NULL AS isNew FROM key_runs")
      .all()
      .map((row) => Object.values(row)),
  ).toEqual([
    [1, 0],
    [2, 0],
    [3, 1],
  ]);
  const keys = new OrderKeys(db);
  keys.refresh();
  let wrong = 0;
  for (let n = 0; n < 60_000; n += 1) {
    const has = n >= 50_000 || n % 5 !== 4;
    if (keys.idOf(`key-${n}`) !== (has ? `ord-${n}` : undefined)) wrong += 1;
  }
  expect(wrong).toBe(0);
  db.close();
});
