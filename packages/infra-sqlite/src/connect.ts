import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { schema } from "./schema.ts";

/**
 * Opens the file (made if it is missing, with its folder) so that an acknowledged commit survives power loss.
 *
 * WAL lets readers go on beside the one writer; FULL syncs the log at each commit, which group commit makes cheap.
 * Another process on the same file is waited for, up to `busyTimeoutMs`.
 */
export function connect(path: string, busyTimeoutMs: number): DatabaseSync {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = FULL");
  db.exec("PRAGMA foreign_keys = OFF"); // rows are written by one hand, and the domain keeps them together
  db.exec("PRAGMA cache_size = -65536"); // 64 MiB: the hot levels and the right edge of every tree
  db.exec("PRAGMA wal_autocheckpoint = 4000");
  db.exec(schema);
  return db;
}
