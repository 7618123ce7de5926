import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type Database, type FeedEpoch, type Migration, StoreTime } from "@holdfast/engine";
import { WrongFile } from "./database-file.ts";
import { databaseOn } from "./database-on.ts";
import { lockForServing } from "./serving-lock.ts";
import { connectFirst } from "./set-up-file.ts";
import { sideWorkOnThread } from "./side-work-on-thread.ts";
import { expectSound } from "./sound-database.ts";
import { inWords } from "./sqlite-errors.ts";
import type { SqliteHelpers } from "./sqlite-reader.ts";
import { recounterHere } from "./sqlite-recounts.ts";
import { writerHere } from "./writer.ts";
import { writerOnThread } from "./writer-on-thread.ts";
import type { WriterOptions } from "./writer-thread.ts";

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
  /** How long the log gets before it is copied into the file, in pages of 4 KiB; 16,000 unless a test sets it. */
  readonly logPagesMax?: number;
  /** Which feed a file that is made begins; a new one unless a test sets it. */
  readonly epoch?: FeedEpoch;
  /** Hears of each step of a migration before it runs. */
  readonly onStep?: (step: Migration) => void;
  /** The store's time, which goes on from the newest journal entry; by this machine's clock unless a test sets it. */
  readonly time?: StoreTime;
}

export interface SqliteDatabase extends Database {
  /** For `openSqliteReader` on other threads. */
  readonly helpers: SqliteHelpers;
}

/**
 * Opens the embedded database and everything that it needs later. From then on it survives trouble with the file, its disk and the
 * process's file descriptors: calls fail meanwhile, and work again afterwards.
 *
 * Rejects where the file cannot be opened, is not one of ours, is newer than this program or is served by another process, and says
 * what to do.
 */
export async function openSqlite(options: SqliteOptions): Promise<SqliteDatabase> {
  const closing: (() => void | Promise<void>)[] = [];
  try {
    return await openAll(options, closing);
  } catch (error) {
    await closeAll(closing).catch(() => {}); // a thread that did not open
    if (error instanceof WrongFile) throw error;
    throw new Error(`${options.path} cannot be opened: ${inWords(error)}`, { cause: error });
  }
}

async function openAll(options: SqliteOptions, closing: (() => void | Promise<void>)[]): Promise<SqliteDatabase> {
  const { path, serving = false, busyTimeoutMs = 2_000, pageCountMax, logPagesMax, epoch, onStep } = options;
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
    : onThreads({ path, busyTimeoutMs, pageCountMax, logPagesMax, serving });
  for (const thread of opening) closing.push(async () => (await thread).close());
  const [recounter, writer] = await Promise.all(opening);
  const helpers = { recountOf: recounter.recountOf, writeKey: writer.writeKey };
  return { ...databaseOn(db, { recounter, writer, time }), helpers, close: () => closeAll(closing) };
}

/** Both are started at once. */
function onThreads(options: WriterOptions) {
  const { path, busyTimeoutMs, serving } = options;
  const sideWork = sideWorkOnThread({ path, busyTimeoutMs, serving });
  return [sideWork, writerOnThread(options, async () => (await sideWork).copyLog())] as const;
}

/** The last to be opened first. */
async function closeAll(closing: (() => void | Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
