import { KeyFilter, keyHash } from "./key-filter.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { inTransaction } from "./transaction.ts";

/** Keys in a run: some 3 MB, which the thread that writes has in memory. */
export const keysInRun = 40_000;

/** Keys that are read after each commit while a filter is made: a few milliseconds. */
const keysAtATime = 2_000;

/** A run whose filter is being made. */
interface Unfinished {
  readonly run: number;
  readonly filter: KeyFilter;
  last: string;
}

/**
 * Begins runs of order keys, and makes the filters of those that are full, on the connection that commits, between commits. Two processes may do
 * so at once, and one that is killed leaves a run without its filter, in which keys are found all the same.
 */
export class KeyRuns {
  readonly #db: SqlDatabase;
  readonly #count: SqlStatement;
  readonly #begin: SqlStatement;
  readonly #full: SqlStatement;
  readonly #page: SqlStatement;
  readonly #finish: SqlStatement;
  readonly #keysMax: number;
  /** Keys in the newest run, as far as this process knows. */
  #keys: number;
  #unfinished: Unfinished | undefined;

  /** `keysMax` is 40,000 unless a test sets it. */
  constructor(db: SqlDatabase, keysMax = keysInRun) {
    this.#db = db;
    this.#keysMax = keysMax;
    this.#count = db.prepare(
      "SELECT count(*) AS keys FROM order_keys WHERE run = coalesce(?, (SELECT max(run) FROM key_runs))",
    );
    this.#begin = db.prepare("INSERT INTO key_runs (run) SELECT max(run) + 1 FROM key_runs");
    this.#full = db.prepare(
      "SELECT run FROM key_runs WHERE filter IS NULL AND run < (SELECT max(run) FROM key_runs) ORDER BY run LIMIT 1",
    );
    this.#page = db.prepare(
      "SELECT claim_key FROM order_keys WHERE run = ? AND claim_key > ? ORDER BY claim_key LIMIT ?",
    );
    this.#finish = db.prepare("UPDATE key_runs SET filter = ? WHERE run = ?");
    this.#keys = this.#keysIn(null);
    this.#unfinished = this.#nextFull();
  }

  /** Call it after a commit with so many new keys, when its caller has been answered. Never throws: if the disk fails, commits report it themselves. */
  committed(keys: number): void {
    try {
      this.#keys += keys;
      if (this.#unfinished !== undefined) this.#goOn(this.#unfinished);
      else if (this.#keys >= this.#keysMax) this.#beginRun();
    } catch {
      // The next commit tries again.
    }
  }

  #beginRun(): void {
    // Another process may have begun one.
    inTransaction(this.#db, () => this.#keysIn(null) >= this.#keysMax && this.#begin.run().changes === 1);
    this.#keys = this.#keysIn(null);
    this.#unfinished = this.#nextFull();
  }

  #goOn(unfinished: Unfinished): void {
    const { run, filter, last } = unfinished;
    const page = this.#page.all(run, last, keysAtATime);
    for (const row of page) {
      unfinished.last = String(row["claim_key"]);
      filter.add(keyHash(unfinished.last));
    }
    if (page.length === keysAtATime) return;
    const ended = inTransaction(this.#db, () => this.#finish.run(filter.bytes, run).changes === 1);
    if (ended.kind === "committed") this.#unfinished = this.#nextFull();
  }

  #nextFull(): Unfinished | undefined {
    const full = this.#full.get();
    if (full === undefined) return undefined;
    const run = Number(full["run"]);
    return { run, filter: KeyFilter.for(this.#keysIn(run)), last: "" };
  }

  #keysIn(run: number | null): number {
    return Number(this.#count.get(run)?.["keys"]);
  }
}
