import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { baselineTables } from "./0003-baseline.ts";
import { payments } from "./0006-payments.ts";

const at = 1_700_000_000_000;

/** A file of the version before, with orders of these bodies, after the step. */
function migrated(bodies: Readonly<Record<string, string>>): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  onTestFinished(() => db.close());
  db.exec(baselineTables);
  const insert = db.prepare(
    "INSERT INTO orders (id, version, status, placed_at, expires_at, body) VALUES (?, 1, 'CONFIRMED', 1, 1, ?)",
  );
  db.exec("BEGIN");
  for (const [id, body] of Object.entries(bodies)) insert.run(id, body);
  payments.run(db);
  db.exec("COMMIT");
  return db;
}

function paymentsIn(db: DatabaseSync): unknown[] {
  const rows = db.prepare("SELECT order_id, number, outcome, body FROM payments ORDER BY order_id, number").all();
  return rows.map(({ body, ...columns }) => [Object.values(columns).join(" "), JSON.parse(String(body)) as unknown]);
}

function bodyIn(db: DatabaseSync, id: string): unknown {
  return db.prepare("SELECT body FROM orders WHERE id = ?").get(id)?.["body"];
}

test("payments become rows in their order, whole, and their order counts them", () => {
  const refund = { reference: "re «1»", at };
  const list = [
    { reference: 'pi "1" 🍵', at, outcome: "ON_TIME" },
    { at: at + 1, outcome: "REFUND_DUE" },
    { reference: "pi_3", at: at + 2, outcome: "REFUNDED", refund },
    { reference: "pi_4", at: at + 3, outcome: "REFUND_DUE" },
  ];
  const db = migrated({ ord_1: JSON.stringify({ id: "ord_1", payments: list, total: { amount: 9 } }) });
  expect(paymentsIn(db)).toEqual(
    list.map((payment, index) => [
      `ord_1 ${index + 1} ${payment.outcome}`,
      { orderId: "ord_1", number: index + 1, ...payment },
    ]),
  );
  expect(JSON.parse(String(bodyIn(db, "ord_1")))).toEqual({
    id: "ord_1",
    total: { amount: 9 },
    paymentCounts: { ON_TIME: 1, REFUND_DUE: 2, REFUNDED: 1 },
  });
});

test("an order without payments counts none, beyond the first batch too", () => {
  const ids = Array.from({ length: 10_001 }, (_, index) => `ord_${String(index).padStart(6, "0")}`);
  const db = migrated(Object.fromEntries(ids.map((id) => [id, '{"payments":[]}'])));
  const found = db.prepare(`SELECT count(*) AS orders FROM orders WHERE body = '{"paymentCounts":{}}'`).get();
  expect([found?.["orders"], paymentsIn(db)]).toEqual([ids.length, []]);
});

test.each([
  ["is no JSON", '{"id"'],
  ["is the JSON of nothing", "null"],
  ["has no list", "{}"],
  ["has something else for a list", '{"payments":7}'],
])("an order that %s stays as it is, and the others are migrated", (_what, body) => {
  const db = migrated({ ord_1: body, ord_2: '{"payments":[]}' });
  expect([bodyIn(db, "ord_1"), bodyIn(db, "ord_2")]).toEqual([body, '{"paymentCounts":{}}']);
});

test.each([
  ["that is none", "7", {}],
  ["without an outcome", '{"at":1}', { at: 1 }],
  ["whose outcome is a number", '{"outcome":5}', { outcome: 5 }],
])("a payment %s is kept for a person to mend, and holds up nothing", (_what, payment, fields) => {
  const db = migrated({ ord_1: `{"payments":[{"at":1,"outcome":"ON_TIME"},${payment}]}` });
  expect(paymentsIn(db)).toMatchObject([
    ["ord_1 1 ON_TIME", { number: 1 }],
    [expect.any(String), { orderId: "ord_1", number: 2, ...fields }],
  ]);
});
