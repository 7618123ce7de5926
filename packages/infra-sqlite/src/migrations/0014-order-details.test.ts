import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { baselineTables } from "./0003-baseline.ts";
import { payments } from "./0006-payments.ts";
import { orderDetails } from "./0014-order-details.ts";

test("finds the payments of before by their references, and leaves those that cannot be read", () => {
  const db = new DatabaseSync(":memory:");
  db.exec(baselineTables);
  payments.run(db);
  const payment = db.prepare("INSERT INTO payments (order_id, number, outcome, body) VALUES (?, 1, 'ON_TIME', ?)");
  for (const [id, body] of [
    ["o1", '{"reference":"pi_1"}'],
    ["o2", "{}"],
    ["o3", '{"reference":5}'],
    ["o4", "{"],
  ] as const)
    payment.run(id, body);
  orderDetails.run(db);
  const rows = db.prepare("SELECT order_id, reference FROM payments ORDER BY order_id").all();
  expect(rows.map(({ order_id, reference }) => [order_id, reference])).toEqual([
    ["o1", "pi_1"],
    ["o2", null],
    ["o3", null],
    ["o4", null],
  ]);
  db.close();
});
