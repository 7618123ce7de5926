import type { DatabaseSync } from "node:sqlite";
import type { Migrated } from "@holdfast/engine";
import { lookMs } from "./back-up-sqlite.ts";
import { connect } from "./connect.ts";
import { WrongFile } from "./database-file.ts";
import { lockForServing } from "./serving-lock.ts";
import { type SetUpOptions, setUpFile } from "./set-up-file.ts";
import { expectSound } from "./sound-database.ts";
import { inWords } from "./sqlite-errors.ts";

/**
 * Migrates a file that no process serves, as a start would, and further where `upTo` says so.
 *
 * @throws `WrongFile` where there is none, it is served or newer than this program, or a step fails
 */
export function migrateSqlite(path: string, options: Pick<SetUpOptions, "upTo" | "onStep" | "migrations">): Migrated {
  if (expectSound(path, lookMs) === "nothing") throw new WrongFile(`There is no database ${path}; see DATABASE_URL.`);
  const lock = lockForServing(path);
  try {
    const db = connected(path);
    try {
      return setUpFile(db, path, { ...options, mayMigrate: true });
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

function connected(path: string): DatabaseSync {
  try {
    return connect(path, { busyTimeoutMs: lookMs });
  } catch (cause) {
    throw new WrongFile(`${path} cannot be opened: ${inWords(cause)}`, { cause });
  }
}
