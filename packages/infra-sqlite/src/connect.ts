import { DatabaseSync } from "./node-sqlite.ts";

export interface ConnectOptions {
  readonly busyTimeoutMs: number;
  /** How far the file may grow, in pages of 4 KiB. */
  readonly pageCountMax?: number | undefined;
  readonly readOnly?: boolean;
}

/**
 * Opens a file so that an acknowledged commit survives power loss. Needs no file descriptor later.
 *
 * WAL lets readers go on beside the one writer; FULL syncs the log at each commit, which group commit makes cheap.
 * Another process on the same file is waited for, up to `busyTimeoutMs`.
 */
export function connect(path: string, { busyTimeoutMs, pageCountMax, readOnly = false }: ConnectOptions): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs, readOnly });
  try {
    if (!readOnly) db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    db.exec("PRAGMA temp_store = MEMORY"); // a long sort's own file could not be opened without a descriptor
    db.exec("PRAGMA foreign_keys = OFF"); // only this program writes rows, and the domain keeps them consistent
    db.exec("PRAGMA cache_size = -16384"); // 16 MiB: the hot levels and the right edge of every tree; more is slower
    db.exec("PRAGMA wal_autocheckpoint = 0"); // checkpoints.ts copies the log, beside the commits
    if (pageCountMax !== undefined) db.exec(`PRAGMA max_page_count = ${pageCountMax}`);
    db.prepare("SELECT count(*) FROM sqlite_schema").get(); // opens the log and its index
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
