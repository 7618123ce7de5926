import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type FeedEpoch, idsByTime } from "@holdfast/engine";
import { schema } from "./schema.ts";

/** What the file says of its tables. One more with each change to them. */
const schemaVersion = 3;

export interface ConnectOptions {
  readonly busyTimeoutMs: number;
  /** How far the file may grow, in pages of 4 KiB. */
  readonly pageCountMax?: number | undefined;
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch | undefined;
}

/**
 * Opens the file (made if it is missing, with its folder) so that an acknowledged commit survives power loss.
 *
 * WAL lets readers go on beside the one writer; FULL syncs the log at each commit, which group commit makes cheap.
 * Another process on the same file is waited for, up to `busyTimeoutMs`.
 */
export function connect(path: string, { busyTimeoutMs, pageCountMax, epoch }: ConnectOptions): DatabaseSync {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = FULL");
  db.exec("PRAGMA foreign_keys = OFF"); // rows are written by one hand, and the domain keeps them together
  db.exec("PRAGMA cache_size = -16384"); // 16 MiB: the hot levels and the right edge of every tree; more is slower
  db.exec("PRAGMA wal_autocheckpoint = 0"); // checkpoints.ts copies the log, beside the commits
  if (pageCountMax !== undefined) db.exec(`PRAGMA max_page_count = ${pageCountMax}`);
  try {
    setUp(db, path, epoch ?? (idsByTime()() as FeedEpoch));
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Makes the tables, in one transaction: another process on the same new file finds none of them or all. */
function setUp(db: DatabaseSync, path: string, epoch: FeedEpoch): void {
  db.exec("BEGIN IMMEDIATE");
  refuseOther(db, path);
  db.exec(schema);
  db.prepare("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)").run(epoch);
  db.exec(`PRAGMA user_version = ${schemaVersion}`);
  db.exec("COMMIT");
}

/** A file with other tables would fail much later, in the middle of a sale. */
function refuseOther(db: DatabaseSync, path: string): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  const tables = Number(db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  if (tables === 0 || version === schemaVersion) return;
  throw new Error(
    `${path} was made by another version of Holdfast (tables of version ${version}, this one has ${schemaVersion}), or by something else. It was left as it is: name another file in DATABASE_URL, or run the version that made it.`,
  );
}
