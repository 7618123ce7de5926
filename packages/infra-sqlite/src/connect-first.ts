import type { DatabaseSync } from "node:sqlite";
import { type FeedEpoch, idsByTime } from "@holdfast/engine";
import { type ConnectOptions, connect } from "./connect.ts";
import { schema, schemaVersion } from "./schema.ts";
import { WrongFile } from "./wrong-file.ts";

interface FirstOptions extends ConnectOptions {
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch | undefined;
}

/** `connect`, for the first connection of a process: makes the file where it is missing, and its tables. */
export function connectFirst(path: string, { epoch, ...options }: FirstOptions): DatabaseSync {
  const db = connect(path, options);
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
  throw new WrongFile(
    `${path} was made by another version of Holdfast (tables of version ${version}, this one has ${schemaVersion}), or by something else. It was left as it is: name another file in DATABASE_URL, or run the version that made it.`,
  );
}
