import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import {
  type Adjustment,
  type Correction,
  type Instant,
  type JournalEntry,
  type LocationId,
  levelKey,
  type Order,
  type Product,
  type Read,
  readAdjustment,
  readCorrection,
  readJournalEntry,
  readLevel,
  readOrder,
  readProduct,
  type Sku,
  type StockLevel,
  Unreadable,
} from "@holdfast/domain";
import { type ApiKeyRecord, readApiKey } from "@holdfast/engine";

/** A row as node:sqlite hands it out. Every entity is read from one here, and checked: others can write the file as well. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Needs `sku` and `body`; `claim_key` where it was found by that. */
export function productOf(row: Row): Read<Product> {
  return readProduct(String(row["sku"]), bodyOf(row), claimKeyOf(row));
}

/** Needs `id`, `version`, `status`, `expires_at` and `body`; `claim_key` where it was found by that. */
export function orderOf(row: Row): Read<Order> {
  const id = String(row["id"]);
  const order = readOrder(id, bodyOf(row), claimKeyOf(row));
  if (order instanceof Unreadable || isAsInColumns(order, row)) return order;
  const fault = "version, status and reservation.expiresAt must be those of its columns";
  return new Unreadable("order", id, fault, claimKeyOf(row));
}

/** It is found by its columns and written against them. A hold that is due later there than here would never end. */
function isAsInColumns({ version, status, reservation }: Order, row: Row): boolean {
  return (
    version === row["version"] && status === row["status"] && reservation.expiresAt === instantOf(row["expires_at"])
  );
}

/** Needs `id` and `body`; `claim_key` where it was found by that. */
export function adjustmentOf(row: Row): Read<Adjustment> {
  return readAdjustment(String(row["id"]), bodyOf(row), claimKeyOf(row));
}

/** Needs `id` and `body`; `claim_key` where it was found by that. */
export function correctionOf(row: Row): Read<Correction> {
  return readCorrection(String(row["id"]), bodyOf(row), claimKeyOf(row));
}

/** Needs `id` and `body`. */
export function entryOf(row: Row): Read<JournalEntry> {
  return readJournalEntry(String(row["id"]), bodyOf(row));
}

/** Needs `id` and `body`. */
export function apiKeyOf(row: Row): Read<ApiKeyRecord> {
  return readApiKey(String(row["id"]), bodyOf(row));
}

/** Needs all columns of a level. */
export function levelOf(row: Row): Read<StockLevel> {
  const sku = row["sku"] as Sku;
  const locationId = row["location_id"] as LocationId;
  return readLevel(levelKey(sku, locationId), {
    sku,
    locationId,
    version: row["version"],
    totalStock: row["total_stock"],
    reservedStock: row["reserved_stock"],
    committedStock: row["committed_stock"],
    safetyStock: row["safety_stock"],
  });
}

/** A column's instant; that of a number which is none is only as good as it can be. */
export function instantOf(value: SQLOutputValue | undefined): Instant {
  return Number(value) as Instant;
}

/** The first row of a statement's answer. */
export function firstRow(statement: StatementSync, ...values: readonly SQLInputValue[]): Row | undefined {
  return rowsOf(statement, () => statement.get(...values));
}

/** All rows of a statement's answer. */
export function allRows(statement: StatementSync, ...values: readonly SQLInputValue[]): readonly Row[] {
  return rowsOf(statement, () => statement.all(...values));
}

/**
 * node:sqlite throws at a number that JavaScript cannot hold, and so would hide every other row. Such an answer is read
 * again: then it is a bigint, which nothing takes for a number.
 */
function rowsOf<Answer>(statement: StatementSync, read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    statement.setReadBigInts(true);
    try {
      return smallAgain(read());
    } finally {
      statement.setReadBigInts(false);
    }
  }
}

function smallAgain<Answer>(answer: Answer): Answer {
  for (const row of Array.isArray(answer) ? (answer as unknown[]) : [answer]) {
    for (const [column, value] of Object.entries(row ?? {})) {
      const small = Number(value);
      if (typeof value === "bigint" && Number.isSafeInteger(small)) Object.assign(row as object, { [column]: small });
    }
  }
  return answer;
}

/** What the body says, or `undefined` where it is no JSON. */
function bodyOf(row: Row): unknown {
  try {
    return JSON.parse(String(row["body"]));
  } catch {
    return undefined;
  }
}

function claimKeyOf(row: Row): string | undefined {
  const key = row["claim_key"];
  return typeof key === "string" ? key : undefined;
}
