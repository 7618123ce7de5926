import type { SQLInputValue, SQLOutputValue } from "node:sqlite";

/** A row as a driver hands it out, by column. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A prepared statement. Each call runs it anew. */
export interface SqlStatement {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  iterate(...values: SQLInputValue[]): Iterable<Row>;
  /** `changes`: the rows that it has written. */
  run(...values: SQLInputValue[]): { readonly changes: number | bigint };
  /** Whether whole numbers come as bigints. Called after a `RangeError`, which not every driver throws. */
  setReadBigInts(enabled: boolean): void;
}

/**
 * A connection to SQLite, as the store needs it: `DatabaseSync` of `node:sqlite` is one, and so is what `objectDatabase` makes of a Durable
 * Object's storage. Errors carry SQLite's result code as `errcode`.
 */
export interface SqlDatabase {
  prepare(sql: string): SqlStatement;
  /** Runs statements that answer nothing. */
  exec(sql: string): void;
  /** Whether a transaction that `exec` has begun is open. */
  readonly isTransaction: boolean;
  /**
   * Runs steps in one transaction, and rolls back where they throw. Only drivers have it that refuse `BEGIN`. Nothing else runs meanwhile,
   * so that they need no transaction to read either.
   */
  transactionSync?<Value>(steps: () => Value): Value;
}
