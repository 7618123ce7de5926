import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { type Actor, type Command, decideBatch, driftOf, type Instant } from "@holdfast/domain";
import { type ApiKeyId, readable, Unavailable } from "@holdfast/engine";
import { claim, create, idOf, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import { connectFirst } from "./set-up-file.ts";

function newFile(name = "made/when/missing/shop.db"): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, name);
}

async function openShop(path: string, busyTimeoutMs = 2_000): Promise<Shop> {
  const database = await openSqlite({ path, busyTimeoutMs });
  onTestFinished(() => database.close());
  return new Shop(database);
}

test("finds everything again when it is opened anew", async () => {
  const path = newFile();
  const before = await openShop(path);
  await before.ask(create("tea", 5), place("o1", { tea: 2 }));
  const after = await openShop(path);
  expect(await after.stock("tea")).toBe("5/2/0/3");
  expect(await after.order("o1")).toEqual(await before.order("o1"));
  expect(await after.drift()).toEqual([]);
});

test("adds a popular SKU up as of one moment, while others commit and requests are answered", async () => {
  const shop = await openShop(newFile());
  await shop.ask(create("tea", 20_000));
  for (let batch = 0; batch < 10; batch += 1) {
    await shop.ask(...Array.from({ length: 1_000 }, (_, n) => place(`o${batch}${n}`, { tea: 1 })));
  }
  let done = false;
  const recounting = shop.database.queries.recounts({}, { limit: 10 }).finally(() => {
    done = true;
  });
  const later = shop.ask(place("later", { tea: 1 })); // behind all others in the sum
  let turns = 0;
  for (; !done; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(await later).toEqual(["ok"]);
  const [recount] = await recounting;
  expect(recount && driftOf(readable(recount))).toEqual([]);
  // Added up in this thread it would be one or two.
  expect(turns).toBeGreaterThan(10);
});

test.each([
  ["of another version", "CREATE TABLE orders (id TEXT); PRAGMA user_version = 1"],
  ["of something else", "CREATE TABLE recipes (id TEXT)"],
])("leaves a file %s as it is, and says so", async (_what, sql) => {
  const path = join(mkdtempSync(join(tmpdir(), "holdfast-sqlite-")), "shop.db");
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec(sql);
  const before = other.prepare("SELECT sql FROM sqlite_schema").all();
  await expect(openSqlite({ path })).rejects.toThrow(/from before version 3, .* or from another program/);
  expect(other.prepare("SELECT sql FROM sqlite_schema").all()).toEqual(before);
});

test("syncs each commit to disk", () => {
  const db = connectFirst(newFile("shop.db"), { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(db.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 }); // FULL
});

/** Thousands of orders are written until the log is long enough to be copied. */
const logMsMax = 20_000;

test("copies its log into the database while it is open, and loses nothing of it", { timeout: logMsMax }, async () => {
  const path = newFile();
  const shop = await openShop(path);
  await shop.ask(create("tea", 100_000));
  const empty = statSync(path).size;
  let sold = 0;
  for (; statSync(path).size === empty && sold < 100_000; sold += 1_000) {
    await shop.ask(...Array.from({ length: 1_000 }, (_, n) => place(`o${sold + n}`, { tea: 1 }, claim(randomUUID()))));
  }
  expect(statSync(path).size).toBeGreaterThan(empty);
  expect(await shop.stock("tea")).toBe(`100000/${sold}/0/${100_000 - sold}`);
  expect(await shop.drift()).toEqual([]);
});

/** Two threads start for it, with all that a store imports. */
const threadsMsMax = 20_000;

test("lets writers on one file take turns: none is turned away, and nothing is oversold", {
  timeout: threadsMsMax,
}, async () => {
  const path = newFile();
  const shop = await openShop(path);
  await shop.ask(create("tea", 150));
  const writers = ["a", "b"].map((name) => {
    const worker = new Worker(new URL("./test-writer.ts", import.meta.url), {
      workerData: { path, name, orders: 100 },
    });
    return new Promise<string[]>((resolve, reject) => worker.once("message", resolve).once("error", reject));
  });
  const words = (await Promise.all(writers)).flat();
  expect(words.filter((word) => word === "ok")).toHaveLength(150);
  expect(words.filter((word) => word === "insufficient_stock")).toHaveLength(50);
  expect(await shop.stock("tea")).toBe("150/150/0/0");
  expect(await shop.drift()).toEqual([]);
});

/** A shop, and another connection on its file that works whenever the shop's rules are asked. */
async function openDisturbedShop(disturb: (other: DatabaseSync, time: number) => void, timeoutMs = 10_000) {
  const path = newFile();
  const shop = await openShop(path);
  await shop.ask(create("tea", 5));
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  let decided = 0;
  const order = place("o1", { tea: 1 });
  const commit = await shop.database.store.transact({
    id: idOf("disturbed"),
    commands: [order],
    decide: (...asked) => {
      decided += 1;
      disturb(other, decided);
      return decideBatch(...asked);
    },
    timeoutMs,
  });
  return { shop, commit, decided };
}

test("decides again where another process has committed meanwhile", async () => {
  const { shop, commit, decided } = await openDisturbedShop((other, time) => {
    if (time <= 2) other.exec(`INSERT INTO journal (id, body) VALUES ('other-${time}', '{}')`);
  });
  expect([commit.kind, decided]).toEqual(["committed", 3]);
  expect(await shop.stock("tea")).toBe("5/1/0/4");
});

test("decides again where a row is not of the version that it read, and writes nothing of the first try", async () => {
  const { shop, commit, decided } = await openDisturbedShop((other, time) => {
    if (time === 1) other.exec("UPDATE levels SET version = version + 1, total_stock = total_stock + 1");
  });
  expect([commit.kind, decided]).toEqual(["committed", 2]);
  expect(await shop.stock("tea")).toBe("6/1/0/5");
  expect(await shop.database.queries.orders({}, { limit: 10 })).toHaveLength(1);
});

test("gives up at its deadline where others go on committing first", async () => {
  const { shop, commit } = await openDisturbedShop((other, time) => {
    other.exec(`INSERT INTO journal (id, body) VALUES ('other-${time}', '{}')`);
  }, 50);
  expect(commit).toMatchObject({ kind: "not_committed", transient: true });
  expect(await shop.stock("tea")).toBe("5/0/0/5");
});

test("answers refusals, and what is there already, while another process keeps the file locked", async () => {
  const path = newFile();
  const shop = await openShop(path, 20);
  const claim = { key: "k1", fingerprint: "f" };
  await shop.ask(create("tea", 1), place("o1", { tea: 1 }, { claim }));
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  expect(await shop.ask(place("o2", { tea: 1 }))).toEqual(["insufficient_stock"]);
  expect(await shop.ask(place("o3", { tea: 1 }, { claim }))).toEqual(["replayed"]);
});

test("lets the engines of one process take turns, so that neither decides twice", async () => {
  const shop = await openShop(newFile());
  await shop.ask(create("tea", 100));
  let decided = 0;
  const commits = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      shop.database.store.transact({
        id: idOf(`batch${n}`),
        commands: [place(`o${n}`, { tea: 1 })],
        decide: (...asked) => {
          decided += 1;
          return decideBatch(...asked);
        },
        timeoutMs: 10_000,
      }),
    ),
  );
  expect(commits.map(({ kind }) => kind)).toEqual(commits.map(() => "committed"));
  expect(decided).toBe(20);
});

test("says not committed, and writes nothing, while another process keeps the file locked", async () => {
  const path = newFile();
  const shop = await openShop(path, 20);
  await shop.ask(create("tea", 5));
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  expect(await shop.transact(place("o1", { tea: 1 }))).toMatchObject({ kind: "not_committed", transient: true });
  other.exec("ROLLBACK");
  expect(await shop.stock("tea")).toBe("5/0/0/5");
  expect(await shop.ask(place("o2", { tea: 1 }))).toEqual(["ok"]);
});

test("answers reads while a key waits for another process's lock", async () => {
  const path = newFile();
  const { apiKeys, queries } = (await openShop(path, 1_500)).database;
  const [name, at] = ["shop" as Actor, 1 as Instant];
  const record = { id: "key_1" as ApiKeyId, name, hash: "h", scopes: ["admin"], createdAt: at, createdBy: name };
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  const ended: string[] = [];
  const making = apiKeys.create(record).then(() => ended.push("key"));
  for (let n = 0; n < 20; n += 1) {
    await Promise.all([queries.now(), apiKeys.live(), new Promise((resolve) => setImmediate(resolve))]);
  }
  ended.push("reads");
  other.exec("ROLLBACK");
  await making;
  expect(ended).toEqual(["reads", "key"]);
});

test("makes and revokes no API key while another process keeps the file locked, and says that it may later", async () => {
  const path = newFile();
  const { apiKeys } = (await openShop(path, 20)).database;
  const id = "key_1" as ApiKeyId;
  const [name, at] = ["shop" as Actor, 1 as Instant];
  const record = { id, name, hash: "h", scopes: ["admin"], createdAt: at, createdBy: name };
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  await expect(apiKeys.create(record)).rejects.toThrow(Unavailable);
  await expect(apiKeys.revoke(id, at)).rejects.toThrow(Unavailable);
  expect(await apiKeys.live()).toEqual({ keys: [], unreadable: [], everMade: false });
  other.exec("ROLLBACK");
  await apiKeys.create(record);
  expect(await apiKeys.live()).toEqual({ keys: [record], unreadable: [], everMade: true });
});

test("says not committed, and keeps all that was, when the disk is full", async () => {
  const path = newFile();
  const database = await openSqlite({ path, pageCountMax: 80 });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  await shop.ask(create("tea", 100_000));
  let sold = 0;
  let commit = await shop.transact(...carts(0));
  for (let n = 1; commit.kind === "committed"; n += 1) {
    sold += 50;
    commit = await shop.transact(...carts(n));
  }
  expect(commit).toMatchObject({ kind: "not_committed", transient: true });
  expect(await shop.stock("tea")).toBe(`100000/${sold}/0/${100_000 - sold}`);
  expect(await shop.drift()).toEqual([]);
});

test("refuses a file that is no database", async () => {
  await expect(openSqlite({ path: import.meta.filename })).rejects.toThrow(
    /sqlite-store.test.ts is not a database: it is no SQLite file/,
  );
});

function carts(batch: number): Command[] {
  return Array.from({ length: 50 }, (_, n) => place(`b${batch}-${n}`, { tea: 1 }));
}
