import type { FeedEpoch } from "@holdfast/engine";
import { backUpMongo, renewMongoEpoch, restoreMongo } from "@holdfast/infra-mongo";
import { backUpSqlite, renewSqliteEpoch, restoreSqlite } from "@holdfast/infra-sqlite";

/** What each of the two stores can do. Throws or rejects with one line that says why it cannot. */
export interface Backups {
  /** The database's own files on this machine, if it has any. */
  readonly own: readonly string[];
  /** Makes a new file. */
  backUp(to: string, epoch: FeedEpoch): Promise<{ readonly fault?: string }>;
  /** `force`: replace an existing database, and keep it under another name. */
  restore(file: string, epoch: FeedEpoch, force: boolean): Promise<{ readonly kept?: string; readonly fault?: string }>;
  renewEpoch(epoch: FeedEpoch): Promise<void>;
}

/** The only file of this app that names adapters. */
export function backupsOf(url: string): Backups {
  if (!url.startsWith("file:")) {
    return {
      own: [],
      backUp: (to) => backUpMongo({ url }, to).then(() => ({})),
      restore: (file, epoch) => restoreMongo({ url }, file, epoch).then(() => ({})),
      renewEpoch: (epoch) => renewMongoEpoch({ url }, epoch),
    };
  }
  const path = url.slice("file:".length);
  return {
    own: [path, `${path}-wal`, `${path}-shm`],
    backUp: async (to, epoch) => {
      const fault = backUpSqlite(path, to, epoch);
      return fault === undefined ? {} : { fault };
    },
    restore: async (file, epoch, force) => restoreSqlite(file, path, { epoch, force, now: new Date() }),
    renewEpoch: async (epoch) => renewSqliteEpoch(path, epoch),
  };
}
