import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type Adjustment,
  assert,
  type Batch,
  type JournalEntry,
  journalEntryOf,
  type Order,
  type Product,
  type StockLevel,
  unitsHeldBy,
  type Write,
} from "@holdfast/domain";

/**
 * Writes what a batch came to. Call it inside the transaction that the batch was decided in. Updates are guarded by
 * the version they were decided on; with one writer at a time a guard never fails, and says so loudly if it does.
 */
export class BatchWriter {
  readonly #insertProduct: StatementSync;
  readonly #insertLevel: StatementSync;
  readonly #updateLevel: StatementSync;
  readonly #insertOrder: StatementSync;
  readonly #updateOrder: StatementSync;
  readonly #insertLine: StatementSync;
  readonly #insertAdjustment: StatementSync;
  readonly #insertEntry: StatementSync;
  readonly #insertEntrySku: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insertProduct = db.prepare("INSERT INTO products (sku, claim_key, body) VALUES (?, ?, ?)");
    this.#insertLevel = db.prepare("INSERT INTO levels VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    this.#updateLevel = db.prepare(
      `UPDATE levels SET version = ?, total_stock = ?, reserved_stock = ?, committed_stock = ?, safety_stock = ?,
        journal_id = ? WHERE sku = ? AND location_id = ? AND version = ?`,
    );
    this.#insertOrder = db.prepare("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.#updateOrder = db.prepare(
      "UPDATE orders SET version = ?, status = ?, expires_at = ?, body = ? WHERE id = ? AND version = ?",
    );
    this.#insertLine = db.prepare("INSERT INTO order_lines VALUES (?, ?, ?, ?)");
    this.#insertAdjustment = db.prepare("INSERT INTO adjustments VALUES (?, ?, ?, ?, ?, ?)");
    this.#insertEntry = db.prepare("INSERT INTO journal (id, body) VALUES (?, ?)");
    this.#insertEntrySku = db.prepare("INSERT INTO journal_skus VALUES (?, ?, ?)");
  }

  write(id: string, batch: Batch): void {
    const entry = journalEntryOf(id, batch);
    if (entry === undefined) return;
    for (const { after } of batch.products) this.#writeProduct(after);
    for (const level of batch.levels) this.#writeLevel(level, id);
    for (const order of batch.orders) this.#writeOrder(order);
    for (const { after } of batch.adjustments) this.#writeAdjustment(after);
    this.#writeEntry(entry);
  }

  #writeProduct(product: Product): void {
    this.#insertProduct.run(product.sku, product.claim?.key ?? null, JSON.stringify(product));
  }

  #writeLevel({ before, after }: Write<StockLevel>, entryId: string): void {
    const { sku, locationId, version, totalStock, reservedStock, committedStock, safetyStock } = after;
    const figures = [version, totalStock, reservedStock, committedStock, safetyStock, entryId] as const;
    if (before === undefined) this.#insertLevel.run(sku, locationId, ...figures);
    else guarded(this.#updateLevel.run(...figures, sku, locationId, before.version));
  }

  #writeOrder({ before, after }: Write<Order>): void {
    const { id, version, status, reservation } = after;
    const body = JSON.stringify(after);
    if (before !== undefined) {
      guarded(this.#updateOrder.run(version, status, reservation.expiresAt, body, id, before.version));
      return;
    }
    const { customerId = null, placedAt, claim, locationId, countsAgainst = null } = after;
    const key = claim?.key ?? null;
    const units = unitsHeldBy(after);
    this.#insertOrder.run(
      ...[id, version, status, customerId, placedAt, reservation.expiresAt, key, countsAgainst, units, body],
    );
    for (const { sku, quantity } of after.lines) this.#insertLine.run(sku, id, locationId, quantity);
  }

  #writeAdjustment(adjustment: Adjustment): void {
    const { id, sku, locationId, delta, claim } = adjustment;
    this.#insertAdjustment.run(id, sku, locationId, delta, claim?.key ?? null, JSON.stringify(adjustment));
  }

  #writeEntry(entry: JournalEntry): void {
    this.#insertEntry.run(entry.id, JSON.stringify(entry));
    const skus = new Set(entry.levelsBefore.map(({ sku }) => sku));
    for (const sku of skus) this.#insertEntrySku.run(sku, entry.at, entry.id);
  }
}

function guarded({ changes }: { changes: number | bigint }): void {
  assert(changes === 1, "a row changed under its own transaction");
}
