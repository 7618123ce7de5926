import {
  baseline,
  type DatabaseVersion,
  type FeedEpoch,
  idsByTime,
  type Migration,
  versionAfter,
} from "@holdfast/engine";
import { baselineTables } from "./migrations/0003-baseline.ts";
import { sqliteMigrations } from "./migrations.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** How to bring an object's tables to the form that this program needs. */
export interface SetUpObjectOptions {
  /** Hears of each step before it runs. */
  readonly onStep?: ((step: Migration) => void) | undefined;
  /** Which feed a new object begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch | undefined;
}

/**
 * Makes a new object's tables, or migrates older ones, in one transaction. Only its own object reads them, so it migrates all the way.
 *
 * @throws where the tables are newer than this program, or a step fails; the tables are then as they were
 */
export function setUpObject(db: SqlDatabase, { onStep, epoch }: SetUpObjectOptions): void {
  db.transactionSync?.(() => {
    const there = versionIn(db);
    const from = there ?? makeBaseline(db, epoch ?? (idsByTime()() as FeedEpoch));
    const reason = sqliteMigrations.refusal(from);
    if (reason !== undefined) throw new Error(`the tables of this object are ${reason}`);
    const ran = sqliteMigrations.steps(from, "newest");
    for (const step of ran) {
      if (there !== undefined) onStep?.(step);
      step.run(db);
    }
    if (ran.length > 0 || there === undefined) writeVersion(db, ran.reduce(versionAfter, from));
  });
}

/** An object has no `user_version`: its version stands in `meta`. */
function versionIn(db: SqlDatabase): DatabaseVersion | undefined {
  if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get() === undefined) return undefined;
  const kept = (name: string) => Number(db.prepare("SELECT value FROM meta WHERE name = ?").get(name)?.["value"]);
  return { version: kept("version"), compatibleFrom: kept("compatibleFrom") };
}

function makeBaseline(db: SqlDatabase, epoch: FeedEpoch): DatabaseVersion {
  db.exec(baselineTables);
  db.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(epoch);
  return baseline;
}

function writeVersion(db: SqlDatabase, version: DatabaseVersion): void {
  const write = db.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
  for (const [name, value] of Object.entries(version)) write.run(name, String(value));
}
