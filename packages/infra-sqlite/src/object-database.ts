import type { SQLInputValue } from "node:sqlite";
import type { Row, SqlDatabase, SqlStatement } from "./sql-database.ts";

/** The little of a Durable Object's `ctx.storage` that the store needs. */
export interface ObjectStorage {
  readonly sql: { exec(query: string, ...values: unknown[]): Iterable<unknown> };
  transactionSync<Value>(steps: () => Value): Value;
  /** Resolves once all that was written is durable. */
  sync(): Promise<void>;
}

/** SQLite's result codes by the names that a Durable Object puts into its messages. https://www.sqlite.org/rescode.html */
const codes: Readonly<Record<string, number>> = {
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_NOTADB: 26,
};

/** A Durable Object's own SQLite as a connection. The object keeps statements prepared itself, by their text. */
export function objectDatabase(storage: ObjectStorage): SqlDatabase {
  const rowsOf = (text: string, values: readonly SQLInputValue[]): Iterable<Row> => {
    try {
      return storage.sql.exec(text, ...values) as Iterable<Row>;
    } catch (error) {
      throw withCode(error);
    }
  };
  return {
    prepare: (text) => statementOf(text, rowsOf),
    exec: (text) => void rowsOf(text, []),
    isTransaction: false,
    transactionSync: (steps) => storage.transactionSync(steps),
  };
}

function statementOf(
  text: string,
  rowsOf: (text: string, values: readonly SQLInputValue[]) => Iterable<Row>,
): SqlStatement {
  return {
    get: (...values) => [...rowsOf(text, values)][0],
    all: (...values) => [...rowsOf(text, values)],
    iterate: (...values) => rowsOf(text, values),
    // What a cursor counts as written includes the rows of indexes.
    run: (...values) => ({ changes: [...rowsOf(`${text} RETURNING 1`, values)].length }),
    setReadBigInts: () => {},
  };
}

function withCode(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [, name = ""] = /\b(SQLITE_[A-Z]+)/.exec(error.message) ?? [];
  return name in codes ? Object.assign(error, { errcode: codes[name] }) : error;
}
