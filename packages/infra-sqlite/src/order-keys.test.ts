import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { claim, create, idOf, orderId, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "./connect.ts";
import { insertEntry } from "./journal-positions.ts";
import { KeyRuns } from "./key-runs.ts";
import { openSqlite } from "./open-sqlite.ts";
import { insertOrderKey, OrderKeys, orderInRun } from "./order-keys.ts";
import { RowWriter } from "./row-writer.ts";
import { connectFirst } from "./set-up-file.ts";
import { newFolder } from "./test-files.ts";
import { writerHere } from "./writer.ts";

/** Keys in a run of these tests. */
const keysMax = 10;

/** A file of keys only. `add` adds the next few on a connection. */
function openKeys() {
  const path = join(newFolder(), "shop.db");
  connectFirst(path, { busyTimeoutMs: 100 }).close();
  const open = () => {
    const db = connect(path, { busyTimeoutMs: 100 });
    db.exec("PRAGMA synchronous = OFF"); // no disk is waited for, a thousand times
    onTestFinished(() => db.close());
    return db;
  };
  let keys = 0;
  const add = (db: DatabaseSync, count: number) => {
    for (let n = 0; n < count; n += 1) {
      db.prepare(insertOrderKey).run(`key-${keys}`, `ord-${keys}`);
      keys += 1;
    }
  };
  const expectAllIn = (orderKeys: OrderKeys) => {
    orderKeys.refresh();
    for (let n = 0; n < keys; n += 1) expect(orderKeys.idOf(`key-${n}`)).toBe(`ord-${n}`);
    for (let n = 0; n < 20; n += 1) expect(orderKeys.idOf(`none-${n}`)).toBeUndefined();
  };
  return { open, add, expectAllIn };
}

/** Runs with a filter, and runs without. */
function runsIn(db: DatabaseSync): number[] {
  return Object.values(db.prepare("SELECT count(filter), count(*) - count(filter) FROM key_runs").get() ?? {}).map(
    Number,
  );
}

test("finds every key at any moment, also on another connection, while runs begin and get their filters", () => {
  const { open, add, expectAllIn } = openKeys();
  const db = open();
  const runs = new KeyRuns(db, keysMax);
  const [here, elsewhere] = [new OrderKeys(db), new OrderKeys(open())];
  for (let commit = 0; commit < 60; commit += 1) {
    add(db, 3);
    expectAllIn(elsewhere);
    runs.committed(3);
    for (const keys of [here, elsewhere]) expectAllIn(keys);
  }
  expectAllIn(new OrderKeys(open()));
  expect(runsIn(db)[0]).toBeGreaterThan(8);
});

test("finds every key after a kill between a run's end and its filter, which the next process makes", () => {
  const { open, add, expectAllIn } = openKeys();
  const first = open();
  add(first, keysMax);
  new KeyRuns(first, keysMax).committed(0);
  expect(runsIn(first)).toEqual([0, 2]);
  const next = open();
  expectAllIn(new OrderKeys(next));
  const runs = new KeyRuns(next, keysMax);
  add(next, 1);
  runs.committed(1);
  expect(runsIn(next)).toEqual([1, 1]);
  expectAllIn(new OrderKeys(next));
});

test("two processes begin runs and make filters beside each other", () => {
  const { open, add, expectAllIn } = openKeys();
  const [one, other] = [open(), open()];
  const runs = [new KeyRuns(one, keysMax), new KeyRuns(other, keysMax)];
  const keys = new OrderKeys(open());
  for (let commit = 0; commit < 60; commit += 1) {
    add(commit % 2 === 0 ? one : other, 2);
    runs[commit % 2]?.committed(2);
    expectAllIn(keys);
  }
  expect(runsIn(one)[0]).toBeGreaterThan(4);
});

test("makes a filter over several commits where a run has more keys than are read at a time", () => {
  const { open, add, expectAllIn } = openKeys();
  const db = open();
  const runs = new KeyRuns(db, keysMax);
  db.exec("BEGIN");
  add(db, 4_500);
  db.exec("COMMIT");
  for (const added of [4_500, 0, 0]) {
    runs.committed(added);
    expect(runsIn(db)).toEqual([0, 2]);
  }
  runs.committed(0);
  expect(runsIn(db)).toEqual([1, 1]);
  expectAllIn(new OrderKeys(db));
});

test("looks a key up in a run by the table's own order", () => {
  const { open } = openKeys();
  const plan = open().prepare(`EXPLAIN QUERY PLAN ${orderInRun}`).all();
  expect(plan.map(({ detail }) => detail)).toEqual(["SEARCH order_keys USING PRIMARY KEY (run=? AND claim_key=?)"]);
});

test("a store begins a run while it sells", async () => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const writer = writerHere(db);
  for (let decidedAt = 0; decidedAt < 2; decidedAt += 1) {
    const id = idOf(`e${decidedAt}`);
    const keys = Array.from({ length: 20_000 }, (_, n) => [`key-${decidedAt}-${n}`, "ord"]);
    const rows = new Map([
      [insertEntry, [[id, "{}"]]],
      [insertOrderKey, keys],
    ]);
    expect(await writer.write({ id, rows, decidedAt })).toEqual({ kind: "committed" });
  }
  expect(runsIn(db)).toEqual([0, 2]);
});

test.each([
  ["in the newest run", false],
  ["in a run that has a filter", true],
])("writes no second order with a key that stands %s, even where it was not found", (_where, isFull) => {
  const { open, add } = openKeys();
  const db = open();
  add(db, keysMax);
  if (isFull) {
    const runs = new KeyRuns(db, keysMax);
    runs.committed(0);
    runs.committed(0);
    expect(runsIn(db)).toEqual([1, 1]);
  }
  const writer = new RowWriter(db);
  const batch = (key: string) =>
    new Map([
      [insertEntry, [["entry-1", "{}"]]],
      [insertOrderKey, [[key, "ord-other"]]],
    ]);
  const second = writer.write({ id: "entry-1", rows: batch("key-3"), decidedAt: 0 });
  expect(second).toMatchObject({ kind: "not_committed", transient: false });
  expect(db.prepare("SELECT count(*) AS entries FROM journal").get()).toEqual({ entries: 0 });
  expect(writer.write({ id: "entry-1", rows: batch("key-new"), decidedAt: 0 })).toEqual({ kind: "committed" });
});

test("a repeat is answered with its order, however many runs of keys have begun since", async () => {
  const path = join(newFolder(), "shop.db");
  const first = new Shop(await openSqlite({ path }));
  await first.ask(create("tea", 100), place("o1", { tea: 1 }, claim("k1")));
  await first.database.close();
  const db = connect(path, { busyTimeoutMs: 100 });
  const runs = new KeyRuns(db, 1);
  for (let n = 0; n < 3; n += 1) runs.committed(1);
  expect(runsIn(db)[0]).toBe(1);
  db.close();
  const database = await openSqlite({ path });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  expect(await shop.ask(place("o2", { tea: 1 }, claim("k1")))).toEqual(["replayed"]);
  expect(await shop.ask(place("o3", { tea: 1 }, claim("k2")))).toEqual(["ok"]);
  expect((await database.queries.orders({}, { limit: 9 })).map(({ id }) => id)).toEqual([orderId("o3"), orderId("o1")]);
});
