import type { DatabaseSync, StatementSync } from "node:sqlite";
import { balanceAfter, emptyLevel, type LevelName, type Tally } from "@holdfast/domain";
import { bodyOf, levelOf } from "./rows.ts";

/** One statement a level, so that its figures come from one consistent read; its orders are gone through once. */
const tallyOfLevel = `
SELECT levels.*, journal.body, held, sold,
  (SELECT coalesce(sum(delta), 0) FROM adjustments WHERE sku = ?1 AND location_id = ?2) AS adjusted
FROM levels LEFT JOIN journal ON journal.id = levels.journal_id,
  (SELECT coalesce(sum(iif(status = 'PENDING_PAYMENT', quantity, 0)), 0) AS held,
      coalesce(sum(iif(status = 'CONFIRMED', quantity, 0)), 0) AS sold
    FROM order_lines JOIN orders ON orders.id = order_id WHERE order_lines.sku = ?1 AND location_id = ?2)
WHERE levels.sku = ?1 AND levels.location_id = ?2`;

/** Works a level's figures out anew. Inside a transaction it sees what that sees. */
export class TallyReader {
  readonly #tally: StatementSync;

  constructor(db: DatabaseSync) {
    this.#tally = db.prepare(tallyOfLevel);
  }

  /** `undefined` where there is no such level. */
  read({ sku, locationId }: LevelName): Tally | undefined {
    const row = this.#tally.get(sku, locationId);
    if (row === undefined) return undefined;
    const level = levelOf(row);
    return {
      level,
      heldByOrders: Number(row["held"]),
      soldByOrders: Number(row["sold"]),
      adjusted: Number(row["adjusted"]),
      journalled: row["body"] === null ? emptyLevel(sku, locationId) : balanceAfter(bodyOf("journal", row), level),
    };
  }
}
