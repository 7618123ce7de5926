import type { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * Pages in the write-ahead log after which they are copied into the database: 16 MiB. What changes often is copied once for all
 * of them; with many more, the log gets slow to read, and the end of each checkpoint long.
 */
const pagesEachTime = 4_000;

/** The pages in the write-ahead log, and how many of them have been copied into the database. */
export interface LogPages {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log short without holding commits up: another thread copies its pages into the database while this
 * one commits, and this one only what has come meanwhile. Then nothing in the log is needed any more, and the next commit
 * begins it anew. SQLite's own checkpoints copy all of it in one commit.
 *
 * Where a reader still needs the log as it was, or the copying fails, it is tried again with as many pages more.
 */
export class Checkpoints {
  readonly #look: StatementSync;
  readonly #finish: StatementSync;
  readonly #copy: () => Promise<unknown>;
  readonly #pagesEach: number;
  #pagesNext: number;
  #copying = false;

  /** `db` is the connection that commits; `copy` copies on another one. */
  constructor(db: DatabaseSync, copy: () => Promise<unknown>, pagesEach = pagesEachTime) {
    this.#look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
    this.#finish = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    this.#copy = copy;
    this.#pagesEach = pagesEach;
    this.#pagesNext = pagesEach;
  }

  /** To be called after each commit. Never rejects: where the disk fails, commits say so themselves. */
  async committed(): Promise<void> {
    if (this.#copying) return;
    this.#copying = true;
    try {
      if (pages(this.#look).log >= this.#pagesNext) await this.#checkpoint();
    } catch {
      // A full disk, say. Commits go on in the log.
    } finally {
      this.#copying = false;
    }
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#copy();
      this.#finish.get();
    } finally {
      const { log, checkpointed } = pages(this.#look);
      this.#pagesNext = (checkpointed < log ? log : 0) + this.#pagesEach;
    }
  }
}

function pages(statement: StatementSync): LogPages {
  return statement.get() as unknown as LogPages;
}
