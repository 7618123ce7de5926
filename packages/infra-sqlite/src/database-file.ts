import { closeSync, existsSync, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file that cannot be opened, made or put back. The message says all: which file, and what to do. */
export class WrongFile extends Error {
  override readonly name = "WrongFile";
}

// https://www.sqlite.org/fileformat.html#the_database_header

const headerBytes = 100;
const magic = "SQLite format 3\0";
const gzipMagic = 0x1f8b;
/** The "file format version" of a database in WAL mode. */
const withLog = 2;

/** What SQLite keeps beside a file: the log of what was committed, and that log's index. */
export const besides = ["-wal", "-shm"] as const;

/**
 * Whether there is a database file at a path. SQLite would take an empty file for a new database, and open a truncated or foreign file,
 * only to fail at the first missing page.
 *
 * @throws where something else is there, or part of one
 */
export function lookAtDatabaseFile(path: string): "database" | "nothing" {
  if (!existsSync(path)) return "nothing";
  const fault = faultOf(path);
  if (fault !== undefined) throw new WrongFile(`${path} ${fault}`);
  return "database";
}

/**
 * Whether Holdfast has opened a database since it was made. It has not opened a backup: SQLite notes in the header whether a file has a
 * log, and a backup has none.
 */
export function hasOwnLog(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);
    return header[18] === withLog && header[19] === withLog;
  } finally {
    closeSync(file);
  }
}

/** The path with links resolved. For a missing file, the place where it would be made. */
export function realPlaceOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

/** The length of the log of commits that may not be copied into the file yet; 0 after a clean end. */
export function logBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function faultOf(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) return "is a folder. Name a file in it.";
    if (!stats.isFile()) return "is not a file.";
    if (stats.size === 0) return "is empty (0 bytes), so it is no database. Delete it if a new one is to be made.";
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);
    return headerFault(header, stats.size, logBytes(path) > 0);
  } finally {
    closeSync(file);
  }
}

function headerFault(header: Buffer, size: number, hasLog: boolean): string | undefined {
  if (header.readUInt16BE(0) === gzipMagic) return "is no SQLite file, but perhaps a backup of a MongoDB database.";
  if (header.toString("latin1", 0, magic.length) !== magic) return "is not a database: it is no SQLite file.";
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pageCountIsValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  const whole = pageBytes * header.readUInt32BE(28);
  // With a log beside it the file may be shorter: its last pages may still be in the log.
  return !hasLog && pageCountIsValid && size < whole
    ? `is cut off: it has ${size} bytes of ${whole}. Restore a backup.`
    : undefined;
}
