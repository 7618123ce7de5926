import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

/** Orders that are moved at a time: the memory that a statement takes grows with the rows that it writes. */
const ordersAtATime = 5_000;

const table = `
-- What an order counts in its JSON, one row each. Keys grow with time, as those of orders do.
CREATE TABLE payments (
  order_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (order_id, number)
) STRICT, WITHOUT ROWID`;

/** Orders of a range that can be read as far as their list of payments. All others stay as they are: unreadable. */
const listing = "id > ?1 AND id <= ?2 AND iif(json_valid(body), json_type(body, '$.payments') = 'array', FALSE)";

/** A payment of the list, be it one or not; and what came of it. */
const payment = "iif(each.type = 'object', each.value, '{}')";
const outcome = `coalesce(json_extract(${payment}, '$.outcome'), '')`;

const movePayments = `INSERT INTO payments (order_id, number, outcome, body)
  SELECT listing.id, each.key + 1, ${outcome},
    json_patch(json_object('orderId', listing.id, 'number', each.key + 1), ${payment})
  FROM (SELECT id, json_extract(body, '$.payments') AS payments FROM orders WHERE ${listing}) AS listing
  CROSS JOIN json_each(listing.payments) AS each`;

const countPayments = `UPDATE orders SET body = json_set(json_remove(body, '$.payments'), '$.paymentCounts', json((
    SELECT json_group_object(outcome, payments) FROM (
      SELECT ${outcome} AS outcome, count(*) AS payments FROM json_each(body, '$.payments') AS each GROUP BY 1
    ))))
  WHERE ${listing}`;

/** Payments get rows of their own, and an order counts them. */
export const payments: SqliteMigration = { version: 6, name: "payments", kind: "replace", run };

function run(db: SqlDatabase): void {
  db.exec(table);
  const lastOf = db.prepare(
    `SELECT max(id) AS id FROM (SELECT id FROM orders WHERE id > ? ORDER BY id LIMIT ${ordersAtATime})`,
  );
  const [move, count] = [db.prepare(movePayments), db.prepare(countPayments)];
  for (let from = ""; ; ) {
    const to = lastOf.get(from)?.["id"];
    if (typeof to !== "string") return;
    move.run(from, to);
    count.run(from, to);
    from = to;
  }
}
