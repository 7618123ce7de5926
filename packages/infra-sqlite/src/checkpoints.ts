import type { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * The length of the write-ahead log, in pages, at which it is copied into the database: 64 MiB. A page that changes often is then copied
 * once. With 4,000 pages and a million orders stored, hardly any page changed twice before it was copied, and copying took twice the time.
 */
export const pagesEachTime = 16_000;

/** The pages in the write-ahead log, and how many of them have been copied into the database. */
export interface LogPages {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log short without delaying commits: another thread copies its pages into the database while this one commits,
 * and this one copies only the pages that were added meanwhile. After that the log is not needed any more, and the next commit starts it
 * over. SQLite's own checkpoints copy all of it during one commit.
 *
 * If a reader still needs the log, or copying fails, it tries again after the same number of further pages.
 */
export class Checkpoints {
  readonly #look: StatementSync;
  readonly #finish: StatementSync;
  readonly #copy: () => Promise<unknown>;
  readonly #pagesEach: number;
  #pagesNext: number;
  #copying = false;

  /** `db` is the connection that commits; `copy` copies on another one. */
  constructor(db: DatabaseSync, copy: () => Promise<unknown>, pagesEach: number) {
    this.#look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
    this.#finish = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    this.#copy = copy;
    this.#pagesEach = pagesEach;
    this.#pagesNext = pagesEach;
  }

  /** Call it after each commit. Never rejects: if the disk fails, commits report it themselves. */
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
