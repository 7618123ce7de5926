import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { BatchRows } from "./batch-rows.ts";
import { isTransient } from "./sqlite-errors.ts";
import { statementNames, writeStatements } from "./write-statements.ts";

/** A batch to write, and the last position of the journal when it was decided. */
export interface WriteRequest {
  readonly rows: BatchRows;
  readonly decidedAt: number;
}

/** What became of it. `changed`: somebody else has committed since it was decided, and nothing was written. */
export type Written =
  | { readonly kind: "committed" }
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly transient: boolean; readonly cause: unknown };

/**
 * Writes batches, each in one transaction that takes the write lock, looks whether the file is as it was when the batch was
 * decided, and commits: all in one breath, so that the lock is held for as long as the disk takes and no longer.
 */
export class RowWriter {
  readonly #db: DatabaseSync;
  readonly #journalEnd: StatementSync;
  readonly #statements: readonly (readonly [name: (typeof statementNames)[number], statement: StatementSync])[];

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#journalEnd = db.prepare(journalEnd);
    this.#statements = statementNames.map((name) => [name, db.prepare(writeStatements[name])]);
  }

  write({ rows, decidedAt }: WriteRequest): Written {
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      const asDecided = Number(this.#journalEnd.get()?.["position"]) === decidedAt && this.#writeAll(rows);
      this.#db.exec(asDecided ? "COMMIT" : "ROLLBACK");
      return { kind: asDecided ? "committed" : "changed" };
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      return { kind: "failed", transient: isTransient(cause), cause };
    }
  }

  /** False where a row is no longer of the version that it was decided on. */
  #writeAll(rows: BatchRows): boolean {
    for (const [name, statement] of this.#statements) {
      for (const values of rows[name]) if (statement.run(...values).changes !== 1) return false;
    }
    return true;
  }
}

/** How far the journal has come: it grows with every commit, so that it tells whether there was one. */
export const journalEnd = "SELECT coalesce(max(position), 0) AS position FROM journal";
