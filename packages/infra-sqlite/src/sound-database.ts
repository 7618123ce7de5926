import { statSync } from "node:fs";
import { hasOwnLog, logBytes, lookAtDatabaseFile, WrongFile } from "./database-file.ts";
import { isGiven, isMoved } from "./journal-positions.ts";
import { DatabaseSync } from "./node-sqlite.ts";

/**
 * Every page of a file up to this size is checked, at some 400 MB/s. The log of a small shop may hold its whole journal, so that gaps
 * show nothing; the log of a large one holds the last thousandth.
 */
const quickCheckBytesMax = 256 * 2 ** 20;

/**
 * Refuses a file that is not a database, and one whose log belongs to another file: a copy was put back, and the old log was left beside
 * it. SQLite would write that log over the file as soon as it is opened for writing, and serve the mixture.
 *
 * It checks only if there is a log, after an unclean end, and the journal only as far back as the log reaches: the entries in the log,
 * and the one before them, which must be in the file. Changes nothing.
 *
 * @throws `WrongFile` where the two do not belong together
 */
export function expectSound(path: string, busyTimeoutMs: number): "database" | "nothing" {
  const what = lookAtDatabaseFile(path);
  const bytes = logBytes(path);
  if (bytes === 0) return what;
  if (what === "nothing")
    throw new WrongFile(`${path} is not there, and its log ${path}-wal is. ${restoreOrMove(path)}`);
  const fault = hasOwnLog(path) ? faultWithLog(path, bytes, busyTimeoutMs) : "it is a backup, which has no log";
  if (fault === undefined) return what;
  throw new WrongFile(`${path} and its log ${path}-wal do not belong together: ${fault}. ${restoreOrMove(path)}`);
}

function faultWithLog(path: string, bytes: number, busyTimeoutMs: number): string | undefined {
  const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
  try {
    const isSmall = statSync(path).size <= quickCheckBytesMax;
    return journalFault(db, bytes) ?? (isSmall ? structureFault(db) : undefined);
  } finally {
    db.close();
  }
}

function restoreOrMove(path: string): string {
  return `Neither was touched. Put a backup back with \`npx holdfast restore FILE --force\` (in the repository \`pnpm restore\`), or move ${path}-wal and ${path}-shm away: what was committed last is in them.`;
}

/** The first page or index that is not what it should be; `undefined` where all are. */
export function structureFault(db: DatabaseSync): string | undefined {
  const found = String(db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"]);
  return found === "ok" ? undefined : found.replaceAll("\n", " ");
}

/**
 * What is wrong with the journal's newest entries, back to `bytes` of them; `undefined` for nothing. Entries are never deleted, so a gap
 * between them shows two different states of a file.
 */
export function journalFault(db: DatabaseSync, bytes = Number.POSITIVE_INFINITY): string | undefined {
  try {
    return gapIn(db, bytes);
  } catch (error) {
    if (isDamage(error)) return (error as Error).message;
    throw error;
  }
}

function gapIn(db: DatabaseSync, bytes: number): string | undefined {
  // Octets, not characters: of these the log has at least as many.
  const newestFirst = db.prepare(
    `SELECT position, octet_length(body) AS bytes FROM journal WHERE ${isGiven} ORDER BY position DESC`,
  );
  // Each moved entry has left its own position empty.
  let moved = Number(db.prepare(`SELECT count(*) AS moved FROM journal WHERE ${isMoved}`).get()?.["moved"]);
  let expected: number | undefined;
  let looked = 0;
  for (const entry of newestFirst.iterate()) {
    const position = Number(entry["position"]);
    moved -= (expected ?? position) - position;
    if (moved < 0) return `the journal has no entry ${expected}`;
    if (looked > bytes) return undefined;
    looked += Number(entry["bytes"]);
    expected = position - 1;
  }
  return (expected ?? 0) <= moved ? undefined : `the journal has no entry ${expected}`;
}

/** A page that is not what it should be, or ends too soon: https://www.sqlite.org/rescode.html */
const damages: readonly number[] = [
  1, // SQLITE_ERROR: a table is gone
  11, // SQLITE_CORRUPT
  26, // SQLITE_NOTADB
  522, // SQLITE_IOERR_SHORT_READ
];

export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  return damages.includes(code) || damages.includes(code & 0xff);
}
