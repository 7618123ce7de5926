import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { baseline, Migrations } from "@holdfast/engine";
import { place } from "@holdfast/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { logBytes } from "./database-file.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { baselineTables } from "./migrations/0003-baseline.ts";
import { type SqliteMigration, sqliteMigrations } from "./migrations.ts";
import { openSqlite } from "./open-sqlite.ts";
import { lockForServing } from "./serving-lock.ts";
import { connectFirst } from "./set-up-file.ts";
import { copyOf, makeShop, newFolder, sharedFolder, stateOf, withShop } from "./test-files.ts";

// Made-up steps behind the real ones.
const now = sqliteMigrations.newest.version;

const addShelf: SqliteMigration = {
  version: now + 1,
  name: "shelf",
  kind: "expand",
  run: (db) => db.exec("ALTER TABLE products ADD COLUMN shelf TEXT NOT NULL DEFAULT 'A'"),
};
const dropProbe: SqliteMigration = {
  version: now + 2,
  name: "probe",
  kind: "contract",
  compatibleFrom: now + 1,
  run: (db) => db.exec("DROP TABLE probe"),
};
const addRow: SqliteMigration = {
  version: now + 3,
  name: "row",
  kind: "expand",
  run: (db) => db.exec("CREATE TABLE warehouse_rows (name TEXT PRIMARY KEY) STRICT"),
};
const expandOnly = new Migrations([...sqliteMigrations, addShelf]);
const withContract = new Migrations([...sqliteMigrations, addShelf, dropProbe]);
const all = new Migrations([...sqliteMigrations, addShelf, dropProbe, addRow]);

const from = sqliteMigrations.newest.compatibleFrom;

const made = join(sharedFolder(), "shop.db");
beforeAll(() => makeShop(made, 3), 30_000);

/** Opens a file with a program of these steps, as the process that serves it or as another one. */
function open(path: string, migrations: Migrations<SqliteMigration>, mayMigrate: boolean): void {
  connectFirst(path, { busyTimeoutMs: 100, migrations, mayMigrate }).close();
}

/** The version, the oldest program allowed, and the effects of the made-up steps. */
function formOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => {
    if (db.isOpen) db.close();
  });
  const text = (sql: string) => String(Object.values(db.prepare(sql).get() ?? { none: "none" })[0]);
  const found = [
    text("PRAGMA user_version"),
    text("SELECT value FROM meta WHERE name = 'compatibleFrom'"),
    ...["shelf", "probe", "warehouse_rows"].map((word) =>
      text(`SELECT count(*) FROM sqlite_schema WHERE name = '${word}' OR sql LIKE '%${word} TEXT%'`),
    ),
  ];
  db.close();
  return found.join(" ");
}

test("a file is migrated by the process that serves it, up to the newest expand", () => {
  const path = copyOf(made);
  open(path, withContract, true);
  expect([formOf(path), stateOf(path)]).toEqual([`${now + 1} ${from} 1 1 0`, "3 orders, 4 commits"]);
});

test("a second start finds nothing to do", () => {
  const path = copyOf(made);
  for (let start = 0; start < 2; start += 1) open(path, all, true);
  expect(formOf(path)).toBe(`${now + 3} ${now + 1} 1 0 1`);
});

test("a file that is made now is in the newest form, and one that was migrated is in the same", () => {
  const path = join(newFolder(), "new.db");
  open(path, withContract, false);
  const migrated = copyOf(made);
  migrateSqlite(migrated, { upTo: "newest", migrations: withContract });
  const tables = (file: string) => {
    const db = new DatabaseSync(file, { readOnly: true });
    onTestFinished(() => db.close());
    return db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();
  };
  expect(formOf(path)).toBe(`${now + 2} ${now + 1} 1 0 0`);
  expect([formOf(path), tables(path)]).toEqual([formOf(migrated), tables(migrated)]);
});

test("a program that does not serve an older file leaves it as it is, and says what to do", () => {
  const path = copyOf(made);
  const before = formOf(path);
  expect(() => open(path, expandOnly, false)).toThrow(
    /shop\.db is of version \d+, and this program needs \d+.*pnpm migrate/,
  );
  expect(formOf(path)).toBe(before);
});

test("a contract waits until it is asked for", () => {
  const path = copyOf(made);
  const steps: string[] = [];
  const onStep = ({ name }: { name: string }) => steps.push(name);
  expect(migrateSqlite(path, { migrations: withContract, onStep })).toMatchObject({
    from: { version: now },
    to: { version: now + 1, compatibleFrom: from },
    waiting: [dropProbe],
  });
  expect(migrateSqlite(path, { migrations: withContract, onStep, upTo: "newest" })).toMatchObject({
    to: { version: now + 2, compatibleFrom: now + 1 },
    waiting: [],
  });
  expect([steps, formOf(path)]).toEqual([["shelf", "probe"], `${now + 2} ${now + 1} 1 0 0`]);
});

test("a file that a process serves is not migrated by another one", async () => {
  const path = copyOf(made);
  const lock = lockForServing(path);
  expect(() => migrateSqlite(path, { migrations: expandOnly })).toThrow(/is served by another Holdfast process/);
  lock.release();
  migrateSqlite(path, { migrations: expandOnly });
});

test("a newer file is opened where it is compatible, and refused where it is not", async () => {
  const path = copyOf(made);
  migrateSqlite(path, { migrations: expandOnly });
  await (await openSqlite({ path, serving: true })).close();
  migrateSqlite(path, { migrations: all });
  const before = formOf(path);
  for (const serving of [true, false]) {
    await expect(openSqlite({ path, serving })).rejects.toThrow(/shop\.db was written by a newer version of Holdfast/);
  }
  expect(formOf(path)).toBe(before);
});

test("a step that fails leaves the file as it was, with the steps before it", () => {
  const path = copyOf(made);
  const before = formOf(path);
  const broken: SqliteMigration = {
    version: now + 2,
    name: "broken",
    kind: "expand",
    run: (db) => db.exec("INSERT INTO nowhere VALUES (1)"),
  };
  expect(() => open(path, new Migrations([...sqliteMigrations, addShelf, broken]), true)).toThrow(
    /shop\.db was not migrated, and is as it was: step \d+ broken \(expand\): no such table: nowhere/,
  );
  expect([formOf(path), stateOf(path)]).toEqual([before, "3 orders, 4 commits"]);
});

test("a process that is killed in the middle leaves the file as it was", async () => {
  const path = copyOf(made);
  const before = formOf(path);
  const migrator = spawn(process.execPath, [fileURLToPath(new URL("./test-migrator.ts", import.meta.url)), path]);
  onTestFinished(() => void migrator.kill("SIGKILL"));
  const [said] = await once(migrator.stdout, "data");
  expect(String(said)).toBe("in the middle\n");
  expect(logBytes(path)).toBeGreaterThan(1_000_000);
  migrator.kill("SIGKILL");
  await once(migrator, "close");
  expect([formOf(path), stateOf(path)]).toEqual([before, "3 orders, 4 commits"]);
  await withShop(path, async (shop) => expect(await shop.ask(place("after", { tea: 1 }))).toEqual(["ok"]));
  open(path, all, true);
  expect([formOf(path), stateOf(path)]).toEqual([`${now + 3} ${now + 1} 1 0 1`, "4 orders, 5 commits"]);
});

test("a disk that is full leaves the file as it was, and is named", () => {
  const path = copyOf(made);
  const before = formOf(path);
  const fill: SqliteMigration = {
    version: now + 2,
    name: "fill",
    kind: "expand",
    run: (db) => db.exec("CREATE TABLE heaps AS SELECT zeroblob(4000000) AS body"),
  };
  const migrations = new Migrations([...sqliteMigrations, addShelf, fill]);
  expect(() => connectFirst(path, { busyTimeoutMs: 100, migrations, mayMigrate: true, pageCountMax: 200 })).toThrow(
    /shop\.db was not migrated, and is as it was: step \d+ fill \(expand\): .* What it means: .* its disk is full\.$/,
  );
  expect([formOf(path), stateOf(path)]).toEqual([before, "3 orders, 4 commits"]);
  open(path, migrations, true);
});

test("a file of the baseline gets every real step, and says what a new one says", () => {
  const path = join(newFolder(), "old.db");
  const old = new DatabaseSync(path);
  old.exec(`${baselineTables} INSERT INTO meta VALUES ('epoch', 'e'); PRAGMA user_version = ${baseline.version}`);
  old.close();
  const { from: was, to } = migrateSqlite(path, { upTo: "newest" });
  expect([was, to]).toEqual([baseline, sqliteMigrations.newest]);
});

test("every step has a file of its own, by its number and name, and every file is listed", () => {
  const files = readdirSync(join(import.meta.dirname, "migrations"));
  const names = files.filter((name) => !name.endsWith(".test.ts")).sort();
  const listed = [...sqliteMigrations].map(({ version, name }) => `${String(version).padStart(4, "0")}-${name}.ts`);
  expect(names).toEqual(["0003-baseline.ts", ...listed]);
});
