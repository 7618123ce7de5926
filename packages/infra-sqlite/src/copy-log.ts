import type { DatabaseSync } from "node:sqlite";
import type { LogPages } from "./checkpoints.ts";

/**
 * A round without a commit beside it also syncs the copied pages to the disk, which saves the writer that wait. Of six rounds, all but
 * the first of which are short, some are such. On a file with a million orders the writer took 40 ms to finish after one round, and
 * 11 ms after six.
 */
const roundsMin = 6;

/** If a reader keeps the log from being copied, more rounds do not help. */
const roundsMax = 12;

/** The thread that commits copies this few pages quickly. */
const pagesLeftMax = 200;

/** Copies the write-ahead log into the database, while others commit on their connections. `db` must not be in a transaction. */
export function logCopier(db: DatabaseSync): () => void {
  const copy = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  const look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
  return () => {
    // Each round copies what was committed during the one before it.
    for (let round = 1; round <= roundsMax; round += 1) {
      copy.get();
      const { log, checkpointed } = look.get() as unknown as LogPages;
      if (round >= roundsMin && log - checkpointed <= pagesLeftMax) return;
    }
  };
}
