import type { SQLInputValue } from "node:sqlite";
import {
  type Adjustment,
  addedBy,
  type Batch,
  changedBy,
  type JournalEntry,
  journalEntryOf,
  type Order,
  type Product,
  type StockLevel,
  unsoldOutcomesOf,
} from "@holdfast/domain";
import type { StatementName } from "./write-statements.ts";

/** A row to write: the values of a statement, in its order. Values only, so that it can be sent to another thread. */
export type Values = readonly SQLInputValue[];

/** What a batch writes, statement by statement. */
export type BatchRows = Readonly<Record<StatementName, readonly Values[]>>;

/** What a batch came to, as rows; `undefined` where nothing happened. */
export function batchRows(id: string, batch: Batch): BatchRows | undefined {
  const entry = journalEntryOf(id, batch);
  if (entry === undefined) return undefined;
  const newOrders = addedBy(batch.orders);
  const holdings = changedBy(batch.holdings);
  return {
    insertProduct: batch.products.map(({ after }) => productRow(after)),
    insertLevel: addedBy(batch.levels).map((level) => [level.sku, level.locationId, ...figuresOf(level, id)]),
    updateLevel: changedBy(batch.levels).map(({ before, after }) => [
      ...figuresOf(after, id),
      ...[after.sku, after.locationId, before.version],
    ]),
    insertOrder: newOrders.map(orderRow),
    insertLine: newOrders.flatMap(lineRows),
    updateOrder: changedBy(batch.orders).map(({ before, after }) => [
      ...[after.version, after.status, after.reservation.expiresAt, JSON.stringify(after)],
      ...[after.id, before.version],
    ]),
    insertUnsold: batch.orders.flatMap(({ before, after }) => unsoldRows(after, before)),
    deleteUnsold: changedBy(batch.orders).flatMap(({ before, after }) => unsoldRows(before, after)),
    insertCorrection: batch.corrections.map(({ after }) => [after.id, after.claim?.key ?? null, JSON.stringify(after)]),
    insertAdjustment: batch.adjustments.map(({ after }) => adjustmentRow(after)),
    insertHolding: addedBy(batch.holdings).map(({ holder, units }) => [holder, units]),
    updateHolding: holdings
      .filter(({ after }) => after.units > 0)
      .map(({ before, after }) => [after.units, after.holder, before.units]),
    deleteHolding: holdings.filter(({ after }) => after.units === 0).map(({ before }) => [before.holder, before.units]),
    insertEntry: [[entry.id, JSON.stringify(entry)]],
    insertEntrySku: entrySkuRows(entry),
  };
}

function productRow(product: Product): Values {
  return [product.sku, product.claim?.key ?? null, JSON.stringify(product)];
}

function figuresOf(level: StockLevel, entryId: string): Values {
  const { version, totalStock, reservedStock, committedStock, safetyStock } = level;
  return [version, totalStock, reservedStock, committedStock, safetyStock, entryId];
}

function orderRow(order: Order): Values {
  const { id, version, status, customerId = null, placedAt, reservation, claim } = order;
  const searched = [id, version, status, customerId, placedAt, reservation.expiresAt, claim?.key ?? null];
  return [...searched, JSON.stringify(order)];
}

function lineRows({ id, locationId, lines }: Order): Values[] {
  return lines.map(({ sku, quantity }) => [sku, id, locationId, quantity]);
}

/** What became of payments of `order` that sold nothing, and is not so in `other`. */
function unsoldRows(order: Order, other: Order | undefined): Values[] {
  if (order.payments.length === 0) return [];
  const both = new Set(other && unsoldOutcomesOf(other));
  return unsoldOutcomesOf(order)
    .filter((outcome) => !both.has(outcome))
    .map((outcome) => [outcome, order.id]);
}

function adjustmentRow(adjustment: Adjustment): Values {
  const { id, sku, locationId, delta, claim } = adjustment;
  return [id, sku, locationId, delta, claim?.key ?? null, JSON.stringify(adjustment)];
}

function entrySkuRows({ id, at, levelsBefore }: JournalEntry): Values[] {
  return [...new Set(levelsBefore.map(({ sku }) => sku))].map((sku) => [sku, at, id]);
}
