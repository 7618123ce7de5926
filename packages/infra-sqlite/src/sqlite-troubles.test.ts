import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Sku } from "@holdfast/domain";
import { type Database, Unavailable } from "@holdfast/engine";
import { create, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-trouble-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shop.db");
}

async function open(path: string, more: { serving?: boolean; pageCountMax?: number } = {}): Promise<Database> {
  const database = await openSqlite({ path, busyTimeoutMs: 20, ...more });
  onTestFinished(() => database.close());
  return database;
}

function connectOther(path: string): DatabaseSync {
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  return other;
}

const lockedOut = "the database cannot be written: another program has locked its file";

test("outlives a lock that another program has before the first write, and says what is wrong", async () => {
  const path = newFile();
  const database = await open(path);
  const shop = new Shop(database);
  const other = connectOther(path);
  other.exec("BEGIN EXCLUSIVE");
  expect(await shop.transact(create("tea", 5))).toMatchObject({
    kind: "not_committed",
    transient: true,
    reason: lockedOut,
  });
  await expect(database.probe()).rejects.toThrow(new Unavailable(lockedOut));
  expect(await database.queries.recounts({}, { limit: 5 })).toEqual([]);
  other.exec("ROLLBACK");
  await database.probe();
  expect(await shop.ask(create("tea", 5), place("o1", { tea: 1 }))).toEqual(["ok", "ok"]);
});

test("needs no other file once it is open: the folder may be gone", async () => {
  const path = newFile();
  const database = await open(path);
  const shop = new Shop(database);
  rmSync(path);
  rmSync(`${path}-wal`);
  rmSync(`${path}-shm`);
  expect(await shop.ask(create("tea", 5), place("o1", { tea: 1 }))).toEqual(["ok", "ok"]);
  expect(await shop.drift()).toEqual([]);
});

test("a file that is damaged while it is open is an outage with the right words, until it is mended", async () => {
  const path = newFile();
  const first = await open(path);
  await new Shop(first).ask(create("tea", 5));
  await first.close();
  const database = await open(path);
  const whole = readFileSync(path);
  truncateSync(path, 4_096);
  const reason = "the database cannot be read: its file is damaged";
  await expect(database.queries.product("tea" as Sku)).rejects.toThrow(new Unavailable(reason));
  await expect(database.queries.recounts({}, { limit: 5 })).rejects.toThrow(new Unavailable(reason));
  await expect(database.apiKeys.live()).rejects.toThrow(new Unavailable(reason));
  const shop = new Shop(database);
  expect(await shop.transact(place("o1", { tea: 1 }))).toMatchObject({ kind: "not_committed", reason });
  await expect(database.probe()).rejects.toThrow("the database cannot be written: its file is damaged");
  writeFileSync(path, whole);
  await database.probe();
  expect(await shop.ask(place("o1", { tea: 1 }))).toEqual(["ok"]);
});

test("says which file it is that cannot be opened, and why", async () => {
  const inTheWay = newFile();
  writeFileSync(inTheWay, "");
  await expect(openSqlite({ path: `${inTheWay}/shop.db` })).rejects.toThrow(/shop\.db\/shop\.db cannot be opened: /);
  const path = newFile();
  const database = await open(path);
  const other = connectOther(path);
  other.exec("BEGIN IMMEDIATE");
  await expect(openSqlite({ path, busyTimeoutMs: 20 })).rejects.toThrow(
    `${path} cannot be opened: database is locked. What it means: ${lockedOut}`,
  );
  other.exec("ROLLBACK");
  await database.probe();
});

test("a lock that cannot be taken is not called another process", async () => {
  const path = newFile();
  mkdirSync(`${path}-lock`);
  await expect(openSqlite({ path, serving: true })).rejects.toThrow(
    `${path} cannot be served: its lock ${path}-lock cannot be taken: unable to open database file. What it means: `,
  );
});

test("one process serves a file at a time; others may still use it", async () => {
  const path = newFile();
  const first = await open(path, { serving: true });
  await expect(openSqlite({ path, serving: true })).rejects.toThrow(`${path} is served by another Holdfast process`);
  const keys = await open(path);
  await keys.probe();
  await first.close();
  await open(path, { serving: true });
});
