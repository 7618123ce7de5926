import { type Batch, declarationOf, type Entity, entityNames, journalEntryOf, type Write } from "@holdfast/domain";
import { type EntityTable, entityTables, type Values } from "./entity-table.ts";
import { insertEntry } from "./journal-positions.ts";
import { ledgerRow } from "./ledger-tail.ts";

/**
 * The rows that a batch writes, by statement. Each must change one row of the database; otherwise the batch was decided on an outdated
 * state.
 */
export type BatchRows = ReadonlyMap<string, readonly Values[]>;

/** The rows of a decided batch; `undefined` if it changes nothing. */
export function batchRows(id: string, batch: Batch): BatchRows | undefined {
  const entry = journalEntryOf(id, batch);
  if (entry === undefined) return undefined;
  const rows = new Rows();
  for (const name of entityNames) {
    for (const write of batch.writes[name]) addWrite(rows, entityTables[name], write, id);
  }
  rows.add(insertEntry, [entry.id, JSON.stringify(entry)]);
  const skus = new Set(entry.levelsBefore.map(({ sku }) => sku));
  if (skus.size > 0) rows.add(...ledgerRow(entry.id, entry.at, skus));
  return rows.byStatement;
}

class Rows {
  readonly byStatement = new Map<string, Values[]>();

  add(statement: string, row: Values): void {
    const rows = this.byStatement.get(statement);
    if (rows === undefined) this.byStatement.set(statement, [row]);
    else rows.push(row);
  }
}

function addWrite(rows: Rows, table: EntityTable, { before, after }: Write<Entity>, entryId: string): void {
  if (before === undefined) {
    rows.add(table.insert, table.insertRow(after, entryId));
    for (const { rowsOf, insert } of table.parts) for (const row of rowsOf(after)) rows.add(insert, row);
  } else if (declarationOf(table.name).isGone?.(after as never)) {
    rows.add(table.delete, table.guardRow(before));
  } else {
    rows.add(...table.updateRow(before, after, entryId));
    for (const { rowsOf, insert, delete: remove } of table.parts) {
      const [old, now] = [rowsOf(before), rowsOf(after)];
      for (const row of missingIn(now, old)) rows.add(remove, row);
      for (const row of missingIn(old, now)) rows.add(insert, row);
    }
  }
}

/** The rows that are not among `others`. */
function missingIn(others: readonly Values[], rows: readonly Values[]): Values[] {
  const isSame = (one: Values, other: Values) => one.every((value, index) => value === other[index]);
  return rows.filter((row) => !others.some((other) => isSame(row, other)));
}
