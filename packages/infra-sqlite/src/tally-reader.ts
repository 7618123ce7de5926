import type { DatabaseSync, StatementSync } from "node:sqlite";
import { balanceAfter, emptyLevel, type LevelName, type Tally } from "@holdfast/domain";
import { bodyOf, levelOf } from "./rows.ts";

const levelWithSources = `
SELECT levels.*, journal.body,
  (SELECT coalesce(sum(delta), 0) FROM adjustments WHERE sku = ?1 AND location_id = ?2) AS adjusted
FROM levels LEFT JOIN journal ON journal.id = levels.journal_id
WHERE levels.sku = ?1 AND levels.location_id = ?2`;

/** The next lines of a SKU's orders, added up. Those of other locations count nothing, and are gone through as well. */
const nextLines = `
SELECT max(order_id) AS last, count(*) AS lines,
  coalesce(sum(iif(location_id = ?2 AND status = 'PENDING_PAYMENT', quantity, 0)), 0) AS held,
  coalesce(sum(iif(location_id = ?2 AND status = 'CONFIRMED', quantity, 0)), 0) AS sold
FROM (SELECT order_id, location_id, quantity, status FROM order_lines JOIN orders ON orders.id = order_id
  WHERE order_lines.sku = ?1 AND order_id > ?3 ORDER BY order_id LIMIT ?4)`;

/** Lines in one step: about two milliseconds. */
const linesPerStep = 2_000;

/** Works a level's figures out anew. Call it inside a transaction: then they come from one consistent read. */
export class TallyReader {
  readonly #level: StatementSync;
  readonly #lines: StatementSync;

  constructor(db: DatabaseSync) {
    this.#level = db.prepare(levelWithSources);
    this.#lines = db.prepare(nextLines);
  }

  /** At once, in one go. `undefined` where there is no such level. */
  read(name: LevelName): Tally | undefined {
    const steps = this.#steps(name);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  /** The same, letting other work have its turn after each step: a popular SKU has a million orders. */
  async readInSteps(name: LevelName): Promise<Tally | undefined> {
    const steps = this.#steps(name);
    let step = steps.next();
    while (!step.done) {
      await new Promise((resolve) => setImmediate(resolve));
      step = steps.next();
    }
    return step.value;
  }

  *#steps({ sku, locationId }: LevelName): Generator<undefined, Tally | undefined> {
    const row = this.#level.get(sku, locationId);
    if (row === undefined) return undefined;
    let heldByOrders = 0;
    let soldByOrders = 0;
    for (let last = "", lines = linesPerStep; lines === linesPerStep; yield) {
      const sums = this.#lines.get(sku, locationId, last, linesPerStep) ?? {};
      heldByOrders += Number(sums["held"]);
      soldByOrders += Number(sums["sold"]);
      lines = Number(sums["lines"]);
      last = String(sums["last"]);
    }
    const level = levelOf(row);
    const journalled = row["body"] === null ? emptyLevel(sku, locationId) : balanceAfter(bodyOf("journal", row), level);
    return { level, heldByOrders, soldByOrders, adjusted: Number(row["adjusted"]), journalled };
  }
}
