import type { DatabaseSync } from "node:sqlite";
import {
  baseline,
  type DatabaseVersion,
  type FeedEpoch,
  idsByTime,
  type Migrated,
  type Migration,
  type Migrations,
  stepInWords,
  type UpTo,
  versionAfter,
} from "@holdfast/engine";
import { type ConnectOptions, connect } from "./connect.ts";
import { WrongFile } from "./database-file.ts";
import { baselineTables } from "./migrations/0003-baseline.ts";
import { type SqliteMigration, sqliteMigrations } from "./migrations.ts";
import { inWords } from "./sqlite-errors.ts";

/** How to bring a file to the form that this program needs. */
export interface SetUpOptions {
  /** Whether an older file may be migrated. Only if this process has its serving lock, or made the file itself. */
  readonly mayMigrate?: boolean | undefined;
  /** `needed` unless it is set. A new file always gets the newest form. */
  readonly upTo?: UpTo | undefined;
  /** Hears of each step before it runs. */
  readonly onStep?: ((step: Migration) => void) | undefined;
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch | undefined;
  /** The steps there are; a test has its own. */
  readonly migrations?: Migrations<SqliteMigration> | undefined;
}

/**
 * Makes a new file's tables, or migrates an older one, in one transaction: another process on the file finds all of it or nothing, and
 * so does the next start after this process was killed.
 *
 * @throws `WrongFile` where the file is newer than this program, is older and must not be migrated here, or a step fails
 */
export function setUpFile(db: DatabaseSync, path: string, options: SetUpOptions): Migrated {
  const { migrations = sqliteMigrations, mayMigrate = false, upTo = "needed", onStep, epoch } = options;
  db.exec("BEGIN IMMEDIATE");
  const there = versionIn(db);
  const from = there ?? makeBaseline(db, epoch ?? (idsByTime()() as FeedEpoch));
  const reason = migrations.refusal(from);
  if (reason !== undefined) throw new WrongFile(`${path} ${reason}, or name another file in DATABASE_URL.`);
  const ran = migrations.steps(from, there === undefined ? "newest" : upTo);
  if (ran.length > 0 && there !== undefined && !mayMigrate) throw new WrongFile(olderFile(path, there, migrations));
  for (const step of ran) {
    if (there !== undefined) onStep?.(step);
    run(db, path, step);
  }
  const to = ran.reduce(versionAfter, from);
  if (ran.length > 0 || there === undefined) writeVersion(db, to);
  commit(db, path);
  return { from, to, ran, waiting: migrations.waiting(to) };
}

/** What a file says of its form; `undefined` where there are no tables yet. */
export function versionIn(db: DatabaseSync): DatabaseVersion | undefined {
  const tables = Number(db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  if (tables === 0) return undefined;
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version < baseline.version) return { version, compatibleFrom: version };
  // Files of version 3 do not say their version. Any other file that does not is foreign.
  const row = db.prepare("SELECT value FROM meta WHERE name = 'compatibleFrom'").get();
  return { version, compatibleFrom: Number(row?.["value"] ?? version) };
}

function makeBaseline(db: DatabaseSync, epoch: FeedEpoch): DatabaseVersion {
  db.exec(baselineTables);
  db.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(epoch);
  return baseline;
}

function writeVersion(db: DatabaseSync, { version, compatibleFrom }: DatabaseVersion): void {
  db.prepare("INSERT OR REPLACE INTO meta VALUES ('compatibleFrom', ?)").run(String(compatibleFrom));
  db.exec(`PRAGMA user_version = ${version}`);
}

function olderFile(path: string, { version }: DatabaseVersion, { needed }: Migrations<SqliteMigration>): string {
  return `${path} is of version ${version}, and this program needs ${needed}. It was left as it is, since the process that serves it may know ${version} only: start the new version of Holdfast on it, or run \`npx holdfast migrate\` (in the repository \`pnpm migrate\`), and then this again.`;
}

function run(db: DatabaseSync, path: string, step: SqliteMigration): void {
  try {
    step.run(db);
  } catch (cause) {
    throw new WrongFile(`${path} was not migrated, and is as it was: step ${stepInWords(step)}: ${inWords(cause)}`, {
      cause,
    });
  }
}

function commit(db: DatabaseSync, path: string): void {
  try {
    db.exec("COMMIT");
  } catch (cause) {
    throw new WrongFile(
      `${path} could not be set up. It is whole: as it was, or migrated. Start again: ${inWords(cause)}`,
      {
        cause,
      },
    );
  }
}

/** `connect`, for the first connection of a process: makes the file and its tables where they are missing, or migrates them. */
export function connectFirst(path: string, options: ConnectOptions & SetUpOptions): DatabaseSync {
  const db = connect(path, options);
  try {
    setUpFile(db, path, options);
  } catch (error) {
    db.close(); // and rolls back
    throw error;
  }
  return db;
}
