/**
 * SQLite's primary result codes that pass by themselves: another process is writing, or the disk is full or failing.
 * https://www.sqlite.org/rescode.html
 */
const transientCodes: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY
  6, // SQLITE_LOCKED
  10, // SQLITE_IOERR
  13, // SQLITE_FULL
  14, // SQLITE_CANTOPEN
]);

/** Whether the same transaction may work later. Extended codes carry the primary one in their low byte. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && transientCodes.has(error.errcode & 0xff);
}
