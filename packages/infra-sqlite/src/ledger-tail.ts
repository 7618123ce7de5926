import type { Values } from "./entity-table.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { inTransaction } from "./transaction.ts";

// The ledger says of each SKU which journal entries moved it: `journal_skus`, sorted by SKU. With many orders stored, each SKU of a batch has a
// page of its own there. So a batch of several SKUs appends one row to `ledger_tail`, and once that is long, its SKUs are sorted into the ledger together.

/** Adds a row to the sorted ledger. */
const insertSorted = "INSERT INTO journal_skus (sku, at, id) VALUES (?, ?, ?)";

/** Adds an entry to the tail: its id, its time, and a JSON array of the SKUs that it moved, each once. */
export const insertInTail = "INSERT INTO ledger_tail (id, at, skus) VALUES (?, ?, ?)";

/** How an entry is added to the ledger. One of a single SKU goes where it belongs: a row in the tail would be no less to write. */
export function ledgerRow(
  id: string,
  at: number,
  skus: ReadonlySet<string>,
): readonly [statement: string, row: Values] {
  const [only] = skus;
  if (only !== undefined && skus.size === 1) return [insertSorted, [only, at, id]];
  return [insertInTail, [id, at, JSON.stringify([...skus])]];
}

/** A row that was damaged costs itself, and hides no other. */
const itsSkus = "iif(json_valid(skus), skus, '[]')";

/**
 * The newest entries of a SKU, before a place in its ledger. While the tail is sorted in, an entry stands in both tables, and is found once. `?1`: the SKU; `?2`
 * and `?3`: time and id of the place; `?4`: how many.
 */
export const ledgerBefore = `SELECT found.id, found.at, body FROM (
    SELECT * FROM (SELECT at, id FROM journal_skus WHERE sku = ?1 AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4)
    UNION SELECT at, id FROM ledger_tail
      WHERE (at, id) < (?2, ?3) AND EXISTS (SELECT 1 FROM json_each(${itsSkus}) WHERE value = ?1)
    ORDER BY at DESC, id DESC LIMIT ?4
  ) AS found JOIN journal ON journal.id = found.id ORDER BY found.at DESC, found.id DESC`;

/** SKUs in the tail at which it is sorted in. Reading a ledger looks at all of them: 0.2 to 0.5 ms. */
const skusMax = 5_000;

/** The commits over which the tail is sorted in, one part after each, so that none waits long. */
const partsOfTail = 20;

/** A row of the sorted ledger. */
interface LedgerRow {
  readonly sku: string;
  readonly at: number;
  readonly id: string;
}

/**
 * Sorts the tail into the ledger, on the connection that commits, between commits. A part that fails, or that a kill cuts off, is
 * written again: until its last part is written, the tail has all of it.
 */
export class LedgerTail {
  readonly #db: SqlDatabase;
  readonly #skusOf: SqlStatement;
  readonly #sorted: SqlStatement;
  readonly #insert: SqlStatement;
  readonly #delete: SqlStatement;
  readonly #skusMax: number;
  /** SKUs in the tail that are not being sorted in. */
  #skus: number;
  #moving: readonly LedgerRow[] = [];
  #moved = 0;

  /** `skusMax` is 5,000 unless a test sets it. */
  constructor(db: SqlDatabase, tailMax = skusMax) {
    this.#db = db;
    this.#skusOf = db.prepare(`SELECT json_array_length(${itsSkus}) AS skus FROM ledger_tail WHERE id = ?`);
    this.#sorted = db.prepare(
      `SELECT value AS sku, at, ledger_tail.id FROM ledger_tail, json_each(${itsSkus}) ORDER BY value, at, ledger_tail.id`,
    );
    this.#insert = db.prepare(`${insertSorted} ON CONFLICT DO NOTHING`);
    this.#delete = db.prepare("DELETE FROM ledger_tail WHERE id IN (SELECT value FROM json_each(?))");
    this.#skusMax = tailMax;
    const there = db.prepare(`SELECT sum(json_array_length(${itsSkus})) AS skus FROM ledger_tail`).get();
    this.#skus = Number(there?.["skus"] ?? 0);
  }

  /** Call it after the commit of an entry, when its caller has been answered. Never throws: if the disk fails, commits report it themselves. */
  committed(id: string): void {
    try {
      this.#skus += Number(this.#skusOf.get(id)?.["skus"] ?? 0);
      if (this.#moving.length === 0 && this.#skus >= this.#skusMax) this.#begin();
      if (this.#moving.length > 0) this.#movePart();
    } catch {
      // The next commit tries again.
    }
  }

  #begin(): void {
    this.#moving = this.#sorted.all() as unknown as readonly LedgerRow[];
    this.#moved = 0;
    this.#skus = 0;
  }

  #movePart(): void {
    const end = this.#moved + Math.ceil(this.#moving.length / partsOfTail);
    const isLast = end >= this.#moving.length;
    const ended = inTransaction(this.#db, () => {
      for (const { sku, at, id } of this.#moving.slice(this.#moved, end)) this.#insert.run(sku, at, id);
      if (isLast) this.#delete.run(JSON.stringify([...new Set(this.#moving.map(({ id }) => id))]));
      return true;
    });
    if (ended.kind !== "committed") return;
    this.#moved = end;
    if (isLast) this.#moving = [];
  }
}
