import type { DatabaseSync } from "node:sqlite";
import { Bug, type Instant } from "@holdfast/domain";
import type { Commit, Store, Transaction } from "@holdfast/engine";
import { BatchWriter } from "./batch-writer.ts";
import { SnapshotReader } from "./snapshot-reader.ts";
import { isTransient } from "./sqlite-errors.ts";

/**
 * The embedded store. A transaction takes the write lock before it reads (BEGIN IMMEDIATE), so it never conflicts:
 * load, decide and commit happen in one breath, and several processes on one file take turns.
 */
export class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #reader: SnapshotReader;
  readonly #writer: BatchWriter;
  readonly #clock: () => Instant;

  constructor(db: DatabaseSync, clock: () => Instant) {
    this.#db = db;
    this.#reader = new SnapshotReader(db);
    this.#writer = new BatchWriter(db);
    this.#clock = clock;
  }

  async transact({ id, commands, decide }: Transaction): Promise<Commit> {
    try {
      this.#db.exec("BEGIN IMMEDIATE");
    } catch (cause) {
      return { kind: "not_committed", transient: true, cause };
    }
    try {
      const batch = decide(this.#reader.read(commands), commands, this.#clock());
      this.#writer.write(id, batch);
      this.#db.exec("COMMIT");
      return { kind: "committed", batch };
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      return { kind: "not_committed", transient: !(cause instanceof Bug) && isTransient(cause), cause };
    }
  }
}
