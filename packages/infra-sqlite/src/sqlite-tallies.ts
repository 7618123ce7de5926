import type { DatabaseSync } from "node:sqlite";
import { balanceAfter, emptyLevel, type Sku, type Tally } from "@holdfast/domain";
import { bodyOf, levelOf } from "./rows.ts";

/** One statement a level, so that its figures come from one consistent read. */
const tallyOfLevel = `
SELECT levels.*, journal.body,
  (SELECT coalesce(sum(quantity), 0) FROM order_lines JOIN orders ON orders.id = order_id
    WHERE order_lines.sku = levels.sku AND order_lines.location_id = levels.location_id
      AND status = 'PENDING_PAYMENT') AS held,
  (SELECT coalesce(sum(quantity), 0) FROM order_lines JOIN orders ON orders.id = order_id
    WHERE order_lines.sku = levels.sku AND order_lines.location_id = levels.location_id
      AND status = 'CONFIRMED') AS sold,
  (SELECT coalesce(sum(delta), 0) FROM adjustments
    WHERE adjustments.sku = levels.sku AND adjustments.location_id = levels.location_id) AS adjusted
FROM levels LEFT JOIN journal ON journal.id = levels.journal_id
WHERE levels.sku = ? AND levels.location_id = ?`;

/** Levels tallied before other work gets its turn. */
const levelsPerTurn = 20;

export async function* sqliteTallies(db: DatabaseSync, sku?: Sku): AsyncIterable<Tally> {
  const names = db.prepare(`SELECT sku, location_id FROM levels ${sku === undefined ? "" : "WHERE sku = ?"}`);
  const tally = db.prepare(tallyOfLevel);
  const rows = sku === undefined ? names.all() : names.all(sku);
  for (const [index, name] of rows.entries()) {
    if (index % levelsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
    const row = tally.get(name["sku"] ?? null, name["location_id"] ?? null);
    if (row === undefined) continue;
    const level = levelOf(row);
    yield {
      level,
      heldByOrders: Number(row["held"]),
      soldByOrders: Number(row["sold"]),
      adjusted: Number(row["adjusted"]),
      journalled:
        row["body"] === null ? emptyLevel(level.sku, level.locationId) : balanceAfter(bodyOf("journal", row), level),
    };
  }
}
