import type { SqlDatabase } from "./sql-database.ts";
import { ThreadGone } from "./thread-gone.ts";

/**
 * SQLite's primary result codes about the file, its disk or its other users, and not about the statement: each with what is wrong, for
 * callers. https://www.sqlite.org/rescode.html
 */
const troubles: ReadonlyMap<number, string> = new Map([
  [3, "access to its file is denied"], // SQLITE_PERM
  [5, "another program has locked its file"], // SQLITE_BUSY
  [6, "another program has locked its file"], // SQLITE_LOCKED
  [7, "there is not enough memory"], // SQLITE_NOMEM
  [8, "its file or disk is read-only"], // SQLITE_READONLY
  [10, "its disk fails"], // SQLITE_IOERR
  [11, "its file is damaged"], // SQLITE_CORRUPT
  [13, "its disk is full"], // SQLITE_FULL
  [14, "a file of it cannot be opened"], // SQLITE_CANTOPEN
  [15, "another program has locked its file"], // SQLITE_PROTOCOL
  [26, "its file is damaged"], // SQLITE_NOTADB
]);

/** Perhaps one page: everything that does not touch it can still be read and written. */
const corrupt = 11;

/**
 * With these a COMMIT has certainly not happened. BUSY: without the lock nothing was written. FULL: a page did not fit, and a commit
 * needs its last page. After any other error, such as a failed sync, the log may contain the whole commit, which takes effect when the
 * log is read again.
 */
const certainCodes: ReadonlySet<number | undefined> = new Set([5, 13]);

/** Extended codes carry the primary one in their low byte. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}

/** What is wrong with the file; `undefined` where the error is about something else. */
function troubleOf(error: unknown): string | undefined {
  if (error instanceof ThreadGone) return "it is being opened anew";
  const code = codeOf(error);
  return code === undefined ? undefined : troubles.get(code);
}

/** Whether every other transaction would fail too while the trouble lasts. */
export function isTransient(error: unknown): boolean {
  return troubleOf(error) !== undefined && codeOf(error) !== corrupt;
}

/** Whether a transaction may take effect although its COMMIT ended with this error. */
export function leavesDoubt(error: unknown): boolean {
  return !certainCodes.has(codeOf(error));
}

/** Why the database cannot be read or written now, for callers; `undefined` where the error is about something else. */
export function reasonOf(error: unknown, done: "read" | "written"): string | undefined {
  const trouble = troubleOf(error);
  return trouble && `the database cannot be ${done}: ${trouble}`;
}

/** An error in SQLite's words, with its meaning if that is known, for the operator who starts a program. */
export function inWords(error: unknown): string {
  const reason = reasonOf(error, "written");
  return `${(error as Error).message}.${reason === undefined ? "" : ` What it means: ${reason}.`}`;
}

/** Whether another connection has the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === 5;
}

/** After an error: drops the cached pages, so that a repaired file is read as it is. */
export function forgetPages(db: SqlDatabase, error: unknown): void {
  if (troubleOf(error) === undefined) return;
  try {
    db.exec("PRAGMA shrink_memory");
  } catch {
    // The next error tries again.
  }
}
