import { closeSync, copyFileSync, openSync, readlinkSync, symlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { FeedEpoch } from "@holdfast/engine";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { backUpSqlite } from "./back-up-sqlite.ts";
import { renewSqliteEpoch, restoreSqlite } from "./restore-sqlite.ts";
import { lockForServing } from "./serving-lock.ts";
import {
  bytesOf,
  copyOf,
  epochOf,
  killShop,
  makeShop,
  namesIn,
  newFolder,
  sharedFolder,
  stateOf,
  withShop,
} from "./test-files.ts";

const epochs = ["B", "C"].map((end) => `01K9ZK3S6Q8W5V2N4M7R1T0YX${end}` as FeedEpoch) as [FeedEpoch, FeedEpoch];
const now = new Date("2026-11-28T07:50:00.123Z");
const forced = { force: true, epoch: epochs[1], now };

const shared = sharedFolder();
const [live, madeBackup, killed] = ["live.db", "shop.backup", "killed.db"].map((name) => join(shared, name)) as [
  string,
  string,
  string,
];

/** A shop that was backed up with 10 orders, and killed with 20. */
beforeAll(async () => {
  await makeShop(live, 10);
  expect(backUpSqlite(live, madeBackup, epochs[0])).toBeUndefined();
  await killShop(live, killed, 10, 20);
}, 30_000);

/** The backup, and the place where the shop was killed. */
function backedUpShop() {
  const [backup, path] = [join(newFolder(), "shop.backup"), copyOf(killed)];
  copyFileSync(madeBackup, backup);
  return { backup, path, folder: join(path, "..") };
}

test("puts a backup in the place of a database, and keeps that one with its log", async () => {
  const { backup, path, folder } = backedUpShop();
  const { kept = "" } = restoreSqlite(backup, path, forced);
  expect(kept).toBe(`${path}.before-restore-2026-11-28T07-50-00-123Z`);
  expect(namesIn(folder).sort()).toEqual([
    "shop.db",
    `shop.db.before-restore-2026-11-28T07-50-00-123Z`,
    `${kept}-wal`.slice(folder.length + 1),
  ]);
  await withShop(path, async (shop) => expect(await shop.stock("tea")).toBe("10000/10/0/9990"));
  expect(stateOf(path)).toBe("10 orders, 11 commits");
  expect(stateOf(kept)).toBe("20 orders, 21 commits");
});

test("begins another feed with every backup and every restore", () => {
  const { backup, path } = backedUpShop();
  const own = epochOf(path) as FeedEpoch;
  restoreSqlite(backup, path, forced);
  expect([own === epochs[0], epochOf(backup), epochOf(path)]).toEqual([false, ...epochs]);
  renewSqliteEpoch(path, own);
  expect(epochOf(path)).toBe(own);
});

test("replaces nothing without force, also where only a log is left", () => {
  const { backup, path } = backedUpShop();
  const before = bytesOf(path);
  expect(() => restoreSqlite(backup, path, { ...forced, force: false })).toThrow(
    /There is a database .*shop\.db already.*--force/,
  );
  expect(bytesOf(path)).toEqual(before);
  const orphan = join(newFolder(), "shop.db");
  writeFileSync(`${orphan}-wal`, "a log");
  expect(() => restoreSqlite(backup, orphan, { ...forced, force: false })).toThrow(/--force/);
  const { kept } = restoreSqlite(backup, orphan, forced);
  expect([bytesOf(String(kept))[1]?.toString(), stateOf(orphan)]).toEqual(["a log", "10 orders, 11 commits"]);
});

test("touches no database that is served", () => {
  const { backup, path } = backedUpShop();
  const before = bytesOf(path);
  const lock = lockForServing(path);
  for (const restore of [() => restoreSqlite(backup, path, forced), () => renewSqliteEpoch(path, epochs[1])]) {
    expect(restore).toThrow(/shop\.db is served by another Holdfast process/);
    expect(bytesOf(path)).toEqual(before);
  }
  lock.release();
  restoreSqlite(backup, path, forced);
});

test("follows a link to where the database is", () => {
  const { backup, path } = backedUpShop();
  const link = join(newFolder(), "link.db");
  symlinkSync(path, link);
  restoreSqlite(backup, link, forced);
  expect([readlinkSync(link), stateOf(path)]).toEqual([path, "10 orders, 11 commits"]);
  expect(() => restoreSqlite(path, link, forced)).toThrow(/is the database itself/);
});

test.each([
  ["has a page of something else", (backup: string) => corrupt(backup), /shop\.backup is damaged/],
  ["is newer", (backup: string) => edit(backup, newer), /newer version of Holdfast: it is of version 99/],
  [
    "is of another program",
    (backup: string) => edit(backup, "DROP TABLE meta"),
    /shop\.backup is damaged: no such table: meta/,
  ],
])("restores nothing from a backup that %s, and leaves the database as it is", (_what, change, reason) => {
  const { backup, path, folder } = backedUpShop();
  change(backup);
  const [before, names] = [bytesOf(path), namesIn(folder)];
  expect(() => restoreSqlite(backup, path, forced)).toThrow(reason);
  expect([bytesOf(path), namesIn(folder)]).toEqual([before, names]);
});

test("says what the journal of a backup lacks, and restores it all the same", () => {
  const { backup, path } = backedUpShop();
  edit(backup, "DELETE FROM journal WHERE position = 5");
  expect(restoreSqlite(backup, path, forced)).toMatchObject({ fault: "the journal has no entry 5" });
});

test("backs up what a killed process has left, its log included", () => {
  const { path } = backedUpShop();
  const copy = join(newFolder(), "copy.db");
  backUpSqlite(path, copy, epochs[0]);
  expect(stateOf(copy)).toBe("20 orders, 21 commits");
});

test.each([
  ["a backup", () => {}],
  ["a backup that was opened elsewhere", (backup: string) => withShop(backup, async () => {})],
])("backs up nothing from %s beside another one's log", async (_what, use) => {
  const { backup, path } = backedUpShop();
  await use(backup);
  copyFileSync(backup, path);
  expect(() => backUpSqlite(path, join(newFolder(), "copy.db"), epochs[0])).toThrow(/do not belong together/);
});

const newer = "PRAGMA user_version = 99; UPDATE meta SET value = '99' WHERE name = 'compatibleFrom'";

function edit(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  onTestFinished(() => {
    if (db.isOpen) db.close();
  });
  db.exec(sql);
  db.close();
}

/** Writes over the root of the journal. */
function corrupt(path: string): void {
  const db = new DatabaseSync(path);
  const root = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").get()?.["rootpage"]);
  db.close();
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(4_096, 7), 0, 4_096, (root - 1) * 4_096);
  closeSync(file);
}
