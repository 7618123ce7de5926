import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  balanceAfter,
  emptyLevel,
  type LevelName,
  levelKey,
  type Read,
  type Recount,
  Unreadable,
} from "@holdfast/domain";
import { entityOf, entryOf, firstRow } from "./rows.ts";

const levelWithSources = `
SELECT levels.*, journal.id, journal.body,
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
export class RecountReader {
  readonly #level: StatementSync;
  readonly #units: StatementSync;

  constructor(db: DatabaseSync) {
    this.#level = db.prepare(levelWithSources);
    this.#units = db.prepare(unitsOfOrders);
  }

  /** `undefined` where there is no such level. Takes as long as its SKU has orders: about a second for a million. */
  read({ sku, locationId }: LevelName): Read<Recount> | undefined {
    try {
      return this.#read({ sku, locationId });
    } catch (error) {
      if (!isOverflow(error)) throw error;
      return notWhole({ sku, locationId });
    }
  }

  #read({ sku, locationId }: LevelName): Read<Recount> | undefined {
    const row = firstRow(this.#level, sku, locationId);
    if (row === undefined) return undefined;
    const { held, sold } = firstRow(this.#units, sku, locationId) ?? {};
    const { adjusted } = row;
    const level = entityOf("levels", row);
    if (level instanceof Unreadable) return level;
    const entry = row["body"] === null ? undefined : entryOf(row);
    const journalled =
      entry === undefined
        ? emptyLevel(sku, locationId)
        : entry instanceof Unreadable
          ? entry
          : balanceAfter(entry, level);
    if (typeof held !== "number" || typeof sold !== "number" || typeof adjusted !== "number")
      return notWhole({ sku, locationId });
    return { level, heldByOrders: held, soldByOrders: sold, adjusted, journalled };
  }
}

function notWhole({ sku, locationId }: LevelName): Unreadable {
  return new Unreadable("tally", levelKey(sku, locationId), "its orders or adjustments add up to no whole number");
}

/** SQLite's own sum has passed 2^63. */
function isOverflow(error: unknown): boolean {
  return error instanceof Error && error.message === "integer overflow";
}
