import { assert } from "@holdfast/domain";
import { KeyFilter, type KeyHash, keyHash } from "./key-filter.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";

// The idempotency keys of orders stand in runs: new ones in the newest run, which is small enough to stay in memory, the others in runs that never change
// and have a filter each. One index of all keys would have a page of its own for every new key, with many orders stored.

/** Adds a new order's key, and its id, to the newest run. Fails where that run has the key. */
export const insertOrderKey = "INSERT INTO order_keys (run, claim_key, order_id) SELECT max(run), ?, ? FROM key_runs";

/** The order that has a key in a run. */
export const orderInRun = "SELECT order_id FROM order_keys WHERE run = ? AND claim_key = ?";

/** Finds orders by their keys. */
export class OrderKeys {
  readonly #newRuns: SqlStatement;
  readonly #inRun: SqlStatement;
  readonly #runs = new Map<number, KeyFilter | undefined>();
  /** The first run that had no filter yet. */
  #from = 0;
  #newest = 0;

  constructor(db: SqlDatabase) {
    this.#newRuns = db.prepare("SELECT run, filter FROM key_runs WHERE run >= ? ORDER BY run");
    this.#inRun = db.prepare(orderInRun);
  }

  /** Call it in each transaction, before the first key is looked up. */
  refresh(): void {
    let from: number | undefined;
    for (const row of this.#newRuns.all(this.#from)) {
      const run = Number(row["run"]);
      const filter = row["filter"] === null ? undefined : new KeyFilter(bytesOf(row["filter"]));
      this.#runs.set(run, filter);
      this.#newest = run;
      if (filter === undefined) from ??= run;
    }
    assert(from !== undefined, "the newest run of keys has a filter");
    this.#from = from;
  }

  /** The id of the order that has a key. */
  idOf(key: string): string | undefined {
    return this.#idIn(key, this.#newest);
  }

  /** Whether a key stands in a run before the newest one. */
  isOlder(key: string): boolean {
    return this.#idIn(key, this.#newest - 1) !== undefined;
  }

  #idIn(key: string, last: number): string | undefined {
    const hash = keyHash(key);
    for (const [run, filter] of this.#runs) {
      if (run > last) continue;
      const row = mayHave(filter, hash) ? this.#inRun.get(run, key) : undefined;
      if (row !== undefined) return String(row["order_id"]);
    }
    return undefined;
  }
}

function mayHave(filter: KeyFilter | undefined, hash: KeyHash): boolean {
  return filter === undefined || filter.mayHave(hash);
}

/** A Durable Object's storage answers an `ArrayBuffer`. */
function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  assert(value instanceof ArrayBuffer, "a filter is no blob");
  return new Uint8Array(value);
}
