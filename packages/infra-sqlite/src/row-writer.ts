import type { BatchRows } from "./batch-rows.ts";
import type { Values } from "./entity-table.ts";
import { journalEnd } from "./journal-positions.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { isTransient, reasonOf } from "./sqlite-errors.ts";
import { type Ended, inTransaction } from "./transaction.ts";

/** The statements that write API keys, one a transaction. Each changes one row, or none if it does not apply any more. */
const keyStatements = {
  insertKey: "INSERT INTO api_keys (id, claim_key, sole_name, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  revokeKey: `UPDATE api_keys SET revoked_at = ?1, sole_name = NULL, 
    body = iif(json_valid(body), json_set(body, '$.revokedAt', ?1), body)
    WHERE id = ?2 AND revoked_at IS NULL`,
} as const satisfies Record<string, string>;

/** A batch to write, and the last position of the journal when it was decided. */
export interface WriteRequest {
  /** Of its journal entry. */
  readonly id: string;
  readonly rows: BatchRows;
  readonly decidedAt: number;
  /** The entry that has to be at that position, where the batch was decided on it before it was written. */
  readonly behind?: string | undefined;
}

/** A change of an API key to write. */
export interface KeyRequest {
  readonly statement: keyof typeof keyStatements;
  readonly values: Values;
}

/** The result of a write. `changed`: the state it was decided on has changed, and nothing was written. */
export type Written =
  | { readonly kind: "committed" }
  | { readonly kind: "changed" }
  | {
      readonly kind: "not_committed";
      readonly transient: boolean;
      readonly reason: string | undefined;
      readonly cause: unknown;
    }
  | { readonly kind: "unknown"; readonly reason: string | undefined; readonly cause: unknown };

/** Writes batches, each in one transaction that first checks that the file is as it was when the batch was decided. */
export class RowWriter {
  readonly #db: SqlDatabase;
  readonly #journalEnd: SqlStatement;
  readonly #entry: SqlStatement;
  readonly #touch: SqlStatement;
  readonly #keyStatements: Readonly<Record<KeyRequest["statement"], SqlStatement>>;
  /** Prepared statements, each from its first use on: some dozens. */
  readonly #statements = new Map<string, SqlStatement>();

  constructor(db: SqlDatabase) {
    this.#db = db;
    this.#journalEnd = db.prepare(journalEnd);
    this.#entry = db.prepare("SELECT position FROM journal WHERE id = ?");
    this.#touch = db.prepare("INSERT INTO probe VALUES (1, 1) ON CONFLICT DO UPDATE SET times = times + 1");
    const { insertKey, revokeKey } = keyStatements;
    this.#keyStatements = { insertKey: db.prepare(insertKey), revokeKey: db.prepare(revokeKey) };
  }

  write({ id, rows, decidedAt, behind }: WriteRequest): Written {
    const isDue = () =>
      Number(this.#journalEnd.get()?.["position"]) === decidedAt &&
      (behind === undefined || Number(this.#entry.get(behind)?.["position"]) === decidedAt);
    const ended = inTransaction(this.#db, () => isDue() && this.#writeAll(rows));
    return writtenOf(ended, () => this.#settle(id));
  }

  writeKey({ statement, values }: KeyRequest): Written {
    const ended = inTransaction(this.#db, () => this.#keyStatements[statement].run(...values).changes === 1);
    return writtenOf(ended, () => "unknown");
  }

  /** Writes a tiny probe, the same way as a batch. */
  probe(): Written {
    return writtenOf(this.#touchFile(), () => "unknown");
  }

  /**
   * Settles a batch whose COMMIT failed, by writing another transaction. That one either overwrites the batch in the log, or finds the
   * batch's entry and so confirms it.
   */
  #settle(id: string): Settled {
    let isThere = false;
    const fence = this.#touchFile(() => {
      isThere = this.#entry.get(id) !== undefined;
    });
    if (fence.kind !== "committed") return "unknown";
    return isThere ? "committed" : "not_committed";
  }

  #touchFile(before = () => {}): Ended {
    return inTransaction(this.#db, () => {
      before();
      return this.#touch.run().changes === 1;
    });
  }

  /** False where a row is no longer as it was when the batch was decided. */
  #writeAll(rows: BatchRows): boolean {
    for (const [sql, values] of rows) {
      const statement = this.#prepared(sql);
      for (const row of values) if (statement.run(...row).changes !== 1) return false;
    }
    return true;
  }

  #prepared(sql: string): SqlStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

type Settled = "committed" | "not_committed" | "unknown";

/** What the end of a transaction says of what it was to write. `settle`: called where its COMMIT failed. */
export function writtenOf(ended: Ended, settle: () => Settled): Written {
  if (ended.kind === "committed") return { kind: "committed" };
  if (ended.kind === "rolled_back") return { kind: "changed" };
  const { cause } = ended;
  const reason = reasonOf(cause, "written");
  if (ended.kind === "failed") return { kind: "not_committed", transient: isTransient(cause), reason, cause };
  const settled = settle();
  if (settled === "committed") return { kind: "committed" };
  return settled === "unknown" ? { kind: settled, reason, cause } : { kind: settled, transient: true, reason, cause };
}
