import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import {
  declarationOf,
  type Entities,
  type EntityName,
  type Instant,
  type JournalEntry,
  type LocationId,
  levelKey,
  type Read,
  readJournalEntry,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import { type ApiKeyRecord, readApiKey } from "@holdfast/engine";
import { type EntityTable, entityTables } from "./entity-table.ts";
import type { Row, SqlStatement } from "./sql-database.ts";

export type { Row } from "./sql-database.ts";

/**
 * The entity of a row with all the columns of its table (`EntityTable.selected`). It is unreadable if its columns and its body differ:
 * lists find it by the columns, and rules use the body.
 */
export function entityOf<N extends EntityName>(name: N, row: Row): Read<Entities[N]> {
  const { read, kind } = declarationOf(name);
  const table: EntityTable = entityTables[name];
  const key = keyIn(table, row);
  const claimKey = claimKeyIn(row);
  const entity = read(key, table.hasBody ? bodyOf(row) : fieldsOf(table, key, row), claimKey);
  if (entity instanceof Unreadable) return entity;
  const other = table.hasBody && table.columns.find(({ column, get }) => row[column] !== get(entity));
  return other ? new Unreadable(kind, key, `${other.field} must be that of its column`, claimKey) : entity;
}

function keyIn({ keyColumns }: EntityTable, row: Row): string {
  const [first = "", second] = keyColumns;
  if (second === undefined) return String(row[first]);
  return levelKey(String(row[first]) as Sku, String(row[second]) as LocationId);
}

/** An entity that has no body, field by field. What is NULL is not there. */
function fieldsOf({ fields, json }: EntityTable, key: string, row: Row): Readonly<Record<string, unknown>> {
  const stored: Record<string, unknown> = {};
  for (const [field, column] of fields) if (row[column] !== null) stored[field] = row[column];
  for (const field of json) if (field in stored) stored[field] = parsedOnce(key, String(stored[field]));
  return stored;
}

/** Needs `id` and `body`. */
export function entryOf(row: Row): Read<JournalEntry> {
  return readJournalEntry(String(row["id"]), bodyOf(row));
}

/** Needs `id` and `body`. */
export function apiKeyOf(row: Row): Read<ApiKeyRecord> {
  return readApiKey(String(row["id"]), bodyOf(row));
}

/** A column as an instant, unchecked: a number that is not an instant gives an approximate one. */
export function instantOf(value: SQLOutputValue | undefined): Instant {
  return Number(value) as Instant;
}

/** The first row of a statement's answer. */
export function firstRow(statement: SqlStatement, ...values: readonly SQLInputValue[]): Row | undefined {
  return rowsOf(statement, () => statement.get(...values));
}

/** All rows of a statement's answer. */
export function allRows(statement: SqlStatement, ...values: readonly SQLInputValue[]): readonly Row[] {
  return rowsOf(statement, () => statement.all(...values));
}

/**
 * node:sqlite throws for a number that JavaScript cannot represent, which would hide every other row. So such an answer is read again
 * with bigints, which the checks refuse.
 */
function rowsOf<Answer>(statement: SqlStatement, read: () => Answer): Answer {
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

function bodyOf(row: Row): unknown {
  return parsed(row["body"]);
}

/** The parsed JSON, or `undefined` if it is not JSON. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

const lastParsedMax = 10_000;
const lastParsed = new Map<string, { readonly text: string; readonly value: unknown }>();

/** The same of a text that is read over and over before it is another one: a level's fold, with every order. */
function parsedOnce(key: string, text: string): unknown {
  const last = lastParsed.get(key);
  if (last?.text === text) return last.value;
  const value = parsed(text);
  if (lastParsed.size >= lastParsedMax) lastParsed.clear();
  lastParsed.set(key, { text, value });
  return value;
}

function claimKeyIn(row: Row): string | undefined {
  const key = row["claim_key"];
  return typeof key === "string" ? key : undefined;
}
