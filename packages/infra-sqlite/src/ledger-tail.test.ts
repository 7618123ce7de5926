import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { create, idOf, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "./connect.ts";
import { insertEntry } from "./journal-positions.ts";
import { insertInTail, LedgerTail, ledgerBefore } from "./ledger-tail.ts";
import { openSqlite } from "./open-sqlite.ts";
import { connectFirst } from "./set-up-file.ts";
import { makeShop, newFolder } from "./test-files.ts";
import { writerHere } from "./writer.ts";

/** SKUs at which these tests sort a tail in. */
const skusMax = 40;

/** The ids of a SKU's entries, the newest first. */
type Ledgers = Map<string, string[]>;

/** A file of entries only, and what its ledgers must say. */
function openLedgers() {
  const path = join(newFolder(), "shop.db");
  connectFirst(path, { busyTimeoutMs: 100 }).close();
  const open = () => {
    const db = connect(path, { busyTimeoutMs: 100 });
    db.exec("PRAGMA synchronous = OFF"); // no disk is waited for, a thousand times
    onTestFinished(() => db.close());
    return db;
  };
  const expected: Ledgers = new Map();
  let entries = 0;
  const commit = (db: DatabaseSync, skus: readonly string[]) => {
    entries += 1;
    const id = idOf(`e${String(entries).padStart(4, "0")}`);
    db.exec("BEGIN");
    db.prepare(insertEntry).run(id, "{}");
    db.prepare(insertInTail).run(id, Math.floor(entries / 3), JSON.stringify(skus));
    db.exec("COMMIT");
    for (const sku of skus) expected.set(sku, [id, ...(expected.get(sku) ?? [])]);
    return id;
  };
  return { open, commit, expected, reader: open() };
}

/** What all ledgers say, read in pages of a few entries. */
function ledgersIn(db: DatabaseSync, skus: Iterable<string>): Ledgers {
  const page = db.prepare(ledgerBefore);
  return new Map(
    [...skus].map((sku) => {
      const ids: string[] = [];
      for (let rows = page.all(sku, 2 ** 52, "", 3); rows.length > 0; ) {
        ids.push(...rows.map(({ id }) => String(id)));
        const last = rows.at(-1);
        rows = page.all(sku, Number(last?.["at"]), String(last?.["id"]), 3);
      }
      return [sku, ids];
    }),
  );
}

function rowsIn(db: DatabaseSync, table: "journal_skus" | "ledger_tail"): number {
  return Number(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.["rows"]);
}

/** Some of nine SKUs, one of them with characters that JSON escapes. */
function skusOf(n: number): string[] {
  return ['a"b', ...Array.from({ length: 8 }, (_, index) => `s${index}`)].filter((_, index) => (n + index) % 4 === 0);
}

test("finds each entry of a SKU once and in order, whatever of the tail is sorted in", () => {
  const { open, commit, expected, reader } = openLedgers();
  const db = open();
  const tail = new LedgerTail(db, skusMax);
  const tails = new Set<number>();
  for (let n = 0; n < 150; n += 1) {
    tail.committed(commit(db, skusOf(n)));
    expect(ledgersIn(reader, expected.keys())).toEqual(expected);
    tails.add(rowsIn(reader, "ledger_tail"));
  }
  expect(rowsIn(reader, "journal_skus")).toBeGreaterThan(200);
  expect(Math.min(...tails)).toBeLessThan(25);
  expect(Math.max(...tails)).toBeLessThan(60);
});

test("loses and doubles nothing when it is killed after any part, and begins again", () => {
  for (let parts = 0; parts <= 21; parts += 1) {
    const { open, commit, expected, reader } = openLedgers();
    const first = open();
    const killed = new LedgerTail(first, 0);
    const ids = Array.from({ length: 30 }, (_, n) => commit(first, skusOf(n)));
    for (const id of ids.slice(0, parts)) killed.committed(id);
    expect(ledgersIn(reader, expected.keys())).toEqual(expected);
    const next = open();
    const tail = new LedgerTail(next, 0);
    const last = commit(next, ["s1"]);
    for (let part = 0; part <= 20; part += 1) tail.committed(last);
    expect(rowsIn(reader, "ledger_tail")).toBe(0);
    expect(ledgersIn(reader, expected.keys())).toEqual(expected);
  }
});

test("two processes sort the same tail in, and lose nothing that either adds meanwhile", () => {
  const { open, commit, expected, reader } = openLedgers();
  const [one, other] = [open(), open()];
  const tails = [new LedgerTail(one, skusMax), new LedgerTail(other, skusMax / 2)];
  for (let n = 0; n < 200; n += 1) {
    tails[n % 2]?.committed(commit(n % 2 === 0 ? one : other, skusOf(n * 7)));
    expect(ledgersIn(reader, expected.keys())).toEqual(expected);
  }
  expect(rowsIn(reader, "ledger_tail")).toBeLessThan(60);
});

test("stays short where each commit moves as many SKUs as it sorts in at once", () => {
  const { open, commit, expected, reader } = openLedgers();
  const db = open();
  const tail = new LedgerTail(db, skusMax);
  const many = Array.from({ length: skusMax }, (_, index) => `m${index}`);
  for (let n = 0; n < 200; n += 1) tail.committed(commit(db, many));
  expect(rowsIn(reader, "ledger_tail")).toBeLessThan(45);
  expect(ledgersIn(reader, ["m7"]).get("m7")).toEqual(expected.get("m7"));
});

test("goes on committing while the ledger cannot be written, and sorts in what has come meanwhile", () => {
  const { open, commit, expected, reader } = openLedgers();
  const db = open();
  const tail = new LedgerTail(db, skusMax);
  db.exec("CREATE TRIGGER full BEFORE INSERT ON journal_skus BEGIN SELECT raise(ABORT, 'full'); END");
  for (let n = 0; n < 50; n += 1) tail.committed(commit(db, skusOf(n)));
  expect([rowsIn(reader, "journal_skus"), ledgersIn(reader, expected.keys())]).toEqual([0, expected]);
  db.exec("DROP TRIGGER full");
  for (let n = 0; n < 60; n += 1) tail.committed(commit(db, skusOf(n)));
  expect(rowsIn(reader, "ledger_tail")).toBeLessThan(45);
  expect(ledgersIn(reader, expected.keys())).toEqual(expected);
});

test("goes on with all other entries where one of the tail was damaged", () => {
  const { open, commit, expected, reader } = openLedgers();
  const db = open();
  const damaged = commit(db, ["s1", "s2"]);
  db.prepare("UPDATE ledger_tail SET skus = '[\"s1' WHERE id = ?").run(damaged);
  for (const ids of expected.values()) ids.pop();
  const tail = new LedgerTail(db, skusMax);
  for (let n = 0; n < 100; n += 1) tail.committed(commit(db, skusOf(n)));
  expect(ledgersIn(reader, expected.keys())).toEqual(expected);
  expect(rowsIn(reader, "journal_skus")).toBeGreaterThan(100);
});

test("reads the sorted ledger by its key, and all of the tail", () => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${ledgerBefore}`).all();
  const steps = plan.map(({ detail }) => String(detail)).filter((step) => step.startsWith("S"));
  expect(steps).toEqual([
    "SEARCH journal_skus USING PRIMARY KEY (sku=? AND (at,id)<(?,?))",
    "SCAN (subquery-1)",
    "SCAN ledger_tail",
    "SCAN json_each EXISTS VIRTUAL TABLE INDEX 1:",
    "SCAN found",
    "SEARCH journal USING INDEX sqlite_autoindex_journal_1 (id=?)",
  ]);
});

test("a shop on a file sorts its tail in while it sells", async () => {
  const path = join(newFolder(), "shop.db");
  const database = await openSqlite({ path });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  for (let batch = 0; batch < 6; batch += 1) {
    await shop.ask(...Array.from({ length: 1_000 }, (_, n) => create(`${batch}-${n}`, 1)));
  }
  for (let n = 0; n < 20; n += 1) await shop.ask(create(`last-${n}`, 1));
  const reader = connect(path, { busyTimeoutMs: 100, readOnly: true });
  onTestFinished(() => reader.close());
  expect(rowsIn(reader, "journal_skus")).toBeGreaterThan(4_000);
  expect(ledgersIn(reader, ["3-500"]).get("3-500")).toHaveLength(1);
});

test("a commit that moves a single SKU leaves nothing to sort in", async () => {
  const path = join(newFolder(), "shop.db");
  await makeShop(path, 3);
  const reader = connect(path, { busyTimeoutMs: 100 });
  onTestFinished(() => reader.close());
  expect([rowsIn(reader, "journal_skus"), rowsIn(reader, "ledger_tail")]).toEqual([4, 0]);
  expect(ledgersIn(reader, ["tea"]).get("tea")).toHaveLength(4);
});

test("a store that writes on the thread that reads sorts its tail in, too", async () => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const writer = writerHere(db);
  const skus = Array.from({ length: 6_000 }, (_, n) => `s${n}`);
  for (let decidedAt = 0; decidedAt < 20; decidedAt += 1) {
    const id = idOf(`e${decidedAt}`);
    const rows = new Map([
      [insertEntry, [[id, "{}"]]],
      [insertInTail, [[id, decidedAt, JSON.stringify(decidedAt === 0 ? skus : ["s1"])]]],
    ]);
    expect(await writer.write({ id, rows, decidedAt })).toEqual({ kind: "committed" });
  }
  expect(rowsIn(db, "journal_skus")).toBe(6_000);
});
