import { realPlaceOf, WrongFile } from "./database-file.ts";
import { DatabaseSync } from "./node-sqlite.ts";
import { inWords, isBusy } from "./sqlite-errors.ts";

/** Held by the one process that serves a file. */
export interface ServingLock {
  release(): void;
}

/**
 * Takes a file for this process, so that no second one serves it: two would not see each other's cached reservations, rate limits and
 * keys. It is a lock of the operating system on a small file beside the database, and ends with the process, however that dies. Programs
 * that only read or write the file, like `keys` and a backup, need no lock. The file need not exist yet, but its folder must.
 *
 * @throws `WrongFile` where another process has it, or the lock cannot be taken, as on a full disk
 */
export function lockForServing(path: string): ServingLock {
  const db = openLock(path);
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    if (!isBusy(cause)) throw cannotLock(path, cause);
    throw new WrongFile(
      `${path} is served by another Holdfast process. Stop that one first, or name another file in DATABASE_URL.`,
      { cause },
    );
  }
  return { release: () => db.close() };
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(`${realPlaceOf(path)}-lock`, { timeout: 0 });
  } catch (cause) {
    throw cannotLock(path, cause);
  }
}

function cannotLock(path: string, cause: unknown): WrongFile {
  return new WrongFile(`${path} cannot be served: its lock ${path}-lock cannot be taken: ${inWords(cause)}`, { cause });
}
