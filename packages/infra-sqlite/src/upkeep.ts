import { KeyRuns } from "./key-runs.ts";
import { LedgerTail } from "./ledger-tail.ts";
import { insertOrderKey } from "./order-keys.ts";
import type { WriteRequest } from "./row-writer.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** What is done between commits, a little after each one, so that the next ones stay cheap. */
export class Upkeep {
  readonly #tail: LedgerTail;
  readonly #runs: KeyRuns;

  constructor(db: SqlDatabase) {
    this.#tail = new LedgerTail(db);
    this.#runs = new KeyRuns(db);
  }

  /** Call it when a batch is committed, and its caller has been answered. Never throws. */
  committed({ id, rows }: WriteRequest): void {
    this.#tail.committed(id);
    this.#runs.committed(rows.get(insertOrderKey)?.length ?? 0);
  }
}
