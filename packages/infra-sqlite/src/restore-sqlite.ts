import { constants, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { FeedEpoch } from "@holdfast/engine";
import { lookMs } from "./back-up-sqlite.ts";
import { copyDatabase, setEpoch, sync } from "./copy-database.ts";
import { besides, logBytes, realPlaceOf, WrongFile } from "./database-file.ts";
import { DatabaseSync } from "./node-sqlite.ts";
import { lockForServing } from "./serving-lock.ts";
import { setUpFile } from "./set-up-file.ts";
import { expectSound } from "./sound-database.ts";

export interface RestoreOptions {
  /** Whether to replace an existing database. It is kept under another name. */
  readonly force: boolean;
  /** Of the feed from now on. */
  readonly epoch: FeedEpoch;
  readonly now: Date;
}

export interface Restored {
  /** The name under which the replaced database is kept. */
  readonly kept?: string;
  /** What the journal lacks. */
  readonly fault?: string;
}

/**
 * Puts a backup in the place of a database that is not served, with a new epoch; one of an earlier version is migrated first.
 *
 * @throws `WrongFile` if the file is not a backup or is newer than this program, if the database is served, or if one exists and `force`
 * is not set
 */
export function restoreSqlite(file: string, path: string, { force, epoch, now }: RestoreOptions): Restored {
  if (expectSound(file, lookMs) === "nothing") throw new WrongFile(`There is no file ${file}.`);
  mkdirSync(dirname(path), { recursive: true });
  const place = realPlaceOf(path);
  if (realPlaceOf(file) === place) throw new WrongFile(`${file} is the database itself: see DATABASE_URL.`);
  const lock = lockForServing(place);
  const copy = `${place}.restoring-${process.pid}`;
  try {
    const isThere = existsSync(place) || logBytes(place) > 0;
    if (isThere && !force) {
      throw new WrongFile(
        `There is a database ${path} already. With --force it is kept under another name, and replaced.`,
      );
    }
    const fault = copyDatabase(file, copy, epoch);
    migrateCopy(copy, file);
    const kept = `${place}.before-restore-${now.toISOString().replace(/[:.]/g, "-")}`;
    if (isThere) keep(place, kept);
    renameSync(copy, place);
    // SQLite must never read the old log with the new file. Beside the old one it is kept.
    for (const end of besides) rmSync(place + end, { force: true });
    sync(dirname(place));
    return { ...(isThere && { kept }), ...(fault !== undefined && { fault }) };
  } finally {
    for (const end of ["", "-journal"]) rmSync(copy + end, { force: true });
    lock.release();
  }
}

function migrateCopy(copy: string, file: string): void {
  const db = new DatabaseSync(copy);
  try {
    setUpFile(db, file, { mayMigrate: true });
  } finally {
    db.close();
    sync(copy);
  }
}

/** Begins a new feed in a database that was restored by other means, and is not served. */
export function renewSqliteEpoch(path: string, epoch: FeedEpoch): void {
  if (expectSound(path, lookMs) === "nothing") throw new WrongFile(`There is no database ${path}; see DATABASE_URL.`);
  const lock = lockForServing(path);
  const db = new DatabaseSync(path, { timeout: lookMs });
  try {
    setEpoch(db, epoch);
  } finally {
    db.close();
    lock.release();
  }
}

/** Gives a database and its log second names, so that at every moment one of the two names has a whole database. */
function keep(place: string, kept: string): void {
  for (const end of ["", "-wal"]) {
    if (!existsSync(place + end)) continue;
    try {
      linkSync(place + end, kept + end);
    } catch {
      copyFileSync(place + end, kept + end, constants.COPYFILE_EXCL); // a file system without links
    }
  }
  sync(dirname(place));
}
