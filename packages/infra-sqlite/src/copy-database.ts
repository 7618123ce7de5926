import { closeSync, fsyncSync, openSync } from "node:fs";
import type { FeedEpoch } from "@holdfast/engine";
import { WrongFile } from "./database-file.ts";
import { sqliteMigrations } from "./migrations.ts";
import { DatabaseSync } from "./node-sqlite.ts";
import { versionIn } from "./set-up-file.ts";
import { isDamage, journalFault, structureFault } from "./sound-database.ts";

/** How long a copy waits for another program on the same file. */
const busyTimeoutMs = 10_000;

/**
 * Copies a database, its log included, as it is at one moment, while others go on committing, and begins a new feed in the copy.
 * When it returns, the copy is whole, checked and on the disk. Gives what its journal lacks, if anything: the copy is as good as
 * what it was made from.
 *
 * `VACUUM INTO` and not SQLite's backup interface: that begins anew with every commit of another process, and would not end
 * under load. What is committed meanwhile stays in the log, so the log grows.
 *
 * @throws `WrongFile` where it is not a database, is newer than this program, or damaged
 */
export function copyDatabase(from: string, to: string, epoch: FeedEpoch): string | undefined {
  try {
    copyInto(from, to);
    const copy = new DatabaseSync(to);
    try {
      expectWhole(copy, from);
      setEpoch(copy, epoch);
      return journalFault(copy);
    } finally {
      copy.close();
      sync(to);
    }
  } catch (error) {
    if (isDamage(error)) throw new WrongFile(`${from} is damaged: ${(error as Error).message}.`, { cause: error });
    throw error;
  }
}

function copyInto(from: string, to: string): void {
  const db = new DatabaseSync(from, { readOnly: true, timeout: busyTimeoutMs });
  try {
    db.prepare("VACUUM INTO ?").run(to);
  } finally {
    db.close();
  }
}

function expectWhole(copy: DatabaseSync, from: string): void {
  const version = versionIn(copy);
  if (version === undefined) throw new WrongFile(`${from} is not a database of Holdfast: it has no tables.`);
  const reason = sqliteMigrations.refusal(version);
  if (reason !== undefined) throw new WrongFile(`${from} ${reason}.`);
  const fault = structureFault(copy);
  if (fault !== undefined) throw new WrongFile(`${from} is damaged: ${fault}.`);
}

export function setEpoch(db: DatabaseSync, epoch: FeedEpoch): void {
  db.prepare("UPDATE meta SET value = ? WHERE name = 'epoch'").run(epoch);
}

/** Until the disk has it: a file's content, or a folder's names. */
export function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
