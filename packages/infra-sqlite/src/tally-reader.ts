import type { DatabaseSync, StatementSync } from "node:sqlite";
import { balanceAfter, emptyLevel, type LevelName, type Tally } from "@holdfast/domain";
import { bodyOf, levelOf } from "./rows.ts";

const levelWithSources = `
SELECT levels.*, journal.body,
  (SELECT coalesce(sum(delta), 0) FROM adjustments WHERE sku = ?1 AND location_id = ?2) AS adjusted
FROM levels LEFT JOIN journal ON journal.id = levels.journal_id
WHERE levels.sku = ?1 AND levels.location_id = ?2`;

/** What a SKU's orders hold and have sold at a location. */
const unitsOfOrders = `
SELECT coalesce(sum(iif(status = 'PENDING_PAYMENT', quantity, 0)), 0) AS held,
  coalesce(sum(iif(status = 'CONFIRMED', quantity, 0)), 0) AS sold
FROM order_lines JOIN orders ON orders.id = order_id
WHERE order_lines.sku = ?1 AND location_id = ?2`;

/** Works a level's figures out anew. Call it inside a transaction: then they come from one consistent read. */
export class TallyReader {
  readonly #level: StatementSync;
  readonly #units: StatementSync;

  constructor(db: DatabaseSync) {
    this.#level = db.prepare(levelWithSources);
    this.#units = db.prepare(unitsOfOrders);
  }

  /** `undefined` where there is no such level. Takes as long as its SKU has orders: about a second for a million. */
  read({ sku, locationId }: LevelName): Tally | undefined {
    const row = this.#level.get(sku, locationId);
    if (row === undefined) return undefined;
    const units = this.#units.get(sku, locationId) ?? {};
    const level = levelOf(row);
    const journalled = row["body"] === null ? emptyLevel(sku, locationId) : balanceAfter(bodyOf("journal", row), level);
    return {
      level,
      heldByOrders: Number(units["held"]),
      soldByOrders: Number(units["sold"]),
      adjusted: Number(row["adjusted"]),
      journalled,
    };
  }
}
