import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  balanceAfter,
  emptyLevel,
  isInteger,
  type LevelName,
  levelKey,
  type Read,
  type Recount,
  type StockFigures,
  Unreadable,
} from "@holdfast/domain";
import { levelSums } from "./contribution-sums.ts";
import { entityOf, entryOf, firstRow } from "./rows.ts";

const levelWithEntry = `
SELECT levels.*, journal.id, journal.body FROM levels LEFT JOIN journal ON journal.id = levels.journal_id
WHERE levels.sku = ? AND levels.location_id = ?`;

/** Works a level's figures out anew. Call it inside a transaction: then they come from one consistent read. */
export class RecountReader {
  readonly #level: StatementSync;
  readonly #sums: readonly StatementSync[];

  constructor(db: DatabaseSync) {
    this.#level = db.prepare(levelWithEntry);
    this.#sums = levelSums.map((sum) => db.prepare(sum));
  }

  /** `undefined` where there is no such level. Takes as long as its SKU has orders: about a second for a million. */
  read({ sku, locationId }: LevelName): Read<Recount> | undefined {
    const row = firstRow(this.#level, sku, locationId);
    if (row === undefined) return undefined;
    const level = entityOf("levels", row);
    if (level instanceof Unreadable) return level;
    const sources = this.#sourcesOf({ sku, locationId });
    if (sources instanceof Unreadable) return sources;
    const entry = row["body"] === null ? undefined : entryOf(row);
    if (entry === undefined) return { level, sources, journalled: emptyLevel(sku, locationId) };
    return { level, sources, journalled: entry instanceof Unreadable ? entry : balanceAfter(entry, level) };
  }

  #sourcesOf({ sku, locationId }: LevelName): Read<StockFigures> {
    const sources: Record<string, number> = {};
    try {
      for (const sum of this.#sums) {
        for (const [counter, units] of Object.entries(firstRow(sum, sku, locationId) ?? {})) {
          if (!isInteger(units)) return notWhole({ sku, locationId });
          sources[counter] = (sources[counter] ?? 0) + units;
        }
      }
    } catch (error) {
      if (!isOverflow(error)) throw error;
      return notWhole({ sku, locationId });
    }
    const { totalStock = 0, reservedStock = 0, committedStock = 0 } = sources;
    return { totalStock, reservedStock, committedStock };
  }
}

function notWhole({ sku, locationId }: LevelName): Unreadable {
  return new Unreadable("tally", levelKey(sku, locationId), "its orders or adjustments add up to no whole number");
}

/** SQLite's own sum has passed 2^63. */
function isOverflow(error: unknown): boolean {
  return error instanceof Error && error.message === "integer overflow";
}
