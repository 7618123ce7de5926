import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type Database,
  type FeedEpoch,
  type Migration,
  type NewestEntries,
  newestEntries,
  newestEntriesRead,
  StoreTime,
} from "@holdfast/engine";
import { WrongFile } from "./database-file.ts";
import { entryOf } from "./rows.ts";
import { lockForServing } from "./serving-lock.ts";
import { connectFirst } from "./set-up-file.ts";
import { expectSound } from "./sound-database.ts";
import { sqliteApiKeys } from "./sqlite-api-keys.ts";
import { inWords } from "./sqlite-errors.ts";
import { sqliteFolds } from "./sqlite-folds.ts";
import { expectWritten, readingOutages } from "./sqlite-outages.ts";
import { sqliteQueries } from "./sqlite-queries.ts";
import { recounterHere, recounterOnThread, sqliteRecounts } from "./sqlite-recounts.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { writerHere, writerOnThread } from "./writer.ts";

export interface SqliteOptions {
  /** A file's path (made if it is missing, with its folder), or `:memory:`. */
  readonly path: string;
  /**
   * Whether this process serves the file. One process does at a time, and migrates a file that is older; others may still open it
   * without, where it is of their version.
   */
  readonly serving?: boolean;
  /** How long a write waits for another process on the same file. Milliseconds. */
  readonly busyTimeoutMs?: number;
  /** How far the file may grow, in pages of 4 KiB; as far as the disk has room unless this is set. */
  readonly pageCountMax?: number;
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch;
  /** Hears of each step of a migration before it runs. */
  readonly onStep?: (step: Migration) => void;
  /** The store's time, which goes on from the newest journal entry; by this machine's clock unless a test sets it. */
  readonly time?: StoreTime;
}

/**
 * Opens the embedded database and everything that it needs later. From then on it survives trouble with the file, its disk and the
 * process's file descriptors: calls fail meanwhile, and work again afterwards.
 *
 * Rejects where the file cannot be opened, is not one of ours, is newer than this program or is served by another process, and says
 * what to do.
 */
export async function openSqlite(options: SqliteOptions): Promise<Database> {
  const closing: (() => void | Promise<void>)[] = [];
  try {
    return await openAll(options, closing);
  } catch (error) {
    await closeAll(closing).catch(() => {}); // a thread that did not open
    if (error instanceof WrongFile) throw error;
    throw new Error(`${options.path} cannot be opened: ${inWords(error)}`, { cause: error });
  }
}

async function openAll(options: SqliteOptions, closing: (() => void | Promise<void>)[]): Promise<Database> {
  const { path, serving = false, busyTimeoutMs = 2_000, pageCountMax, epoch, onStep } = options;
  const { time = new StoreTime() } = options;
  // A database in memory belongs to one connection.
  const inMemory = path === ":memory:";
  if (!inMemory) {
    mkdirSync(dirname(path), { recursive: true });
    // Lock before opening anything: a running restore is about to replace the file.
    if (serving) closing.push(lockForServing(path).release);
    expectSound(path, busyTimeoutMs);
  }
  const db = connectFirst(path, { busyTimeoutMs, pageCountMax, mayMigrate: serving, epoch, onStep });
  closing.push(() => db.close());
  const opening = inMemory
    ? ([recounterHere(db), writerHere(db)] as const)
    : ([recounterOnThread({ path, busyTimeoutMs }), writerOnThread({ path, busyTimeoutMs, pageCountMax })] as const);
  for (const thread of opening) closing.push(async () => (await thread).close());
  const [recounter, writer] = await Promise.all(opening);
  const { at, doubtful } = newestOf(db, time.now());
  time.notBefore(at);
  const clock = () => time.now();
  return {
    doubtful,
    store: new SqliteStore(db, writer, clock),
    queries: readingOutages(db, sqliteQueries(db, sqliteRecounts(db, recounter), clock)),
    apiKeys: sqliteApiKeys(db, writer),
    folds: sqliteFolds(writer),
    probe: async () => expectWritten(await writer.probe()),
    close: () => closeAll(closing),
  };
}

/** By their ids, which sort by time: an entry that was moved is still one of the newest. */
function newestOf(db: DatabaseSync, clock: number): NewestEntries {
  const rows = db.prepare("SELECT id, body FROM journal ORDER BY id DESC LIMIT ?").all(newestEntriesRead);
  return newestEntries(rows.map(entryOf), clock);
}

/** The last to be opened first. */
async function closeAll(closing: (() => void | Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
