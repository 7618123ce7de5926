import { randomUUID } from "node:crypto";
import type { Sku } from "@holdfast/domain";
import { type Database, everyRecount, unreadableRecords } from "@holdfast/engine";
import type {} from "@holdfast/test-services";
import { cancel, confirm, create, orderId, place } from "@holdfast/testing";
import { Decimal128, Double, Long, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { collectionsOf } from "./collections.ts";
import { openMongo } from "./open-mongo.ts";
import { ask, stockOf } from "./testing/shop.ts";

const url = inject("mongoUrl");

async function openShop() {
  const databaseName = `unreadable-${randomUUID()}`;
  const client = new MongoClient(url);
  onTestFinished(() => client.close());
  const open = async () => {
    const database = await openMongo({ url, databaseName });
    onTestFinished(() => database.close());
    return database;
  };
  return { database: await open(), open, collections: collectionsOf(client, databaseName) };
}

async function feedOf({ queries, sequencer }: Database, limit: number): Promise<string[]> {
  while (((await sequencer?.stamp(2)) ?? 0) > 0);
  const read: string[] = [];
  for (;;) {
    const page = await queries.feed({ limit, after: read.length });
    if (page.length === 0) return read;
    for (const entry of page) {
      expect(entry.position).toBe(read.length + 1);
      read.push("records" in entry ? "entry" : entry.unreadable.kind);
    }
  }
}

test.each([
  ["a text", "10"],
  ["a decimal", Decimal128.fromString("10")],
  ["a long that no number holds", Long.fromString("1152921504606846976")],
  ["a fraction", 10.5],
  ["NaN", Number.NaN],
  ["null", null],
])("a level whose totalStock is %s sells nothing, and every other level goes on", async (_what, totalStock) => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 10), create("cup", 10), place("o1", { tea: 1 }));
  await collections.levels.updateOne({ _id: "tea@main" }, { $set: { totalStock: totalStock as never } });
  const again = await open();
  expect(
    await ask(again, place("o2", { tea: 1 }), place("o3", { tea: 1_000 }), place("o4", { cup: 1 }), confirm("o1")),
  ).toEqual(["record_unreadable", "record_unreadable", "ok", "record_unreadable"]);
  expect(await stockOf(again, "cup")).toBe("10/1/0");
  const recounts = [];
  for await (const recount of everyRecount(again.queries))
    recounts.push("reason" in recount ? recount.id : recount.level.sku);
  expect(recounts).toEqual(["cup", "tea@main"]);
});

test.each([
  ["a double", new Double(10)],
  ["a long", Long.fromNumber(10)],
])("a level whose totalStock is %s of a whole number counts on", async (_what, totalStock) => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 10));
  await collections.levels.updateOne({ _id: "tea@main" }, { $set: { totalStock: totalStock as never } });
  const again = await open();
  expect([await ask(again, place("o1", { tea: 3 })), await stockOf(again, "tea")]).toEqual([["ok"], "10/3/0"]);
});

test("a level under another one's key stops itself, and not the other one", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 10), create("cup", 10));
  await collections.levels.updateOne({ _id: "tea@main" }, { $set: { sku: "cup" as Sku, totalStock: 99 } });
  expect(await ask(await open(), place("o1", { tea: 1 }), place("o2", { cup: 11 }), place("o3", { cup: 1 }))).toEqual([
    "record_unreadable",
    "insufficient_stock",
    "ok",
  ]);
});

test("a reservation until a decimal wakes nothing at no time, and hides no other reservation", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 10), place("o1", { tea: 1 }), place("o2", { tea: 1 }));
  const expiresAt = Decimal128.fromString("5000.5") as never;
  await collections.orders.updateOne({ _id: orderId("o1") }, { $set: { "reservation.expiresAt": expiresAt } });
  const { queries } = await open();
  expect(await queries.nextExpiry(0 as never, 9_000 as never)).toBe(5_000);
  const due = await queries.dueReservations(Number.MAX_SAFE_INTEGER as never, 9);
  expect(due.map((reservation) => reservation.orderId).sort()).toEqual([orderId("o1"), orderId("o2")]);
});

test("a sum with a fraction in it costs that level's comparison alone", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 10), create("cup", 10), place("o1", { tea: 1 }));
  await collections.orders.updateOne({ _id: orderId("o1") }, { $set: { "lines.0.quantity": 0.5 } });
  const found = [];
  for await (const recount of everyRecount((await open()).queries))
    found.push("reason" in recount ? recount.kind : "compared");
  expect(found).toEqual(["compared", "tally"]);
});

test.each([1, 2, 3, 9])(
  "by pages of %i, the feed goes past an entry that is gone, and past a segment that says nothing",
  async (limit) => {
    const { database, open, collections } = await openShop();
    await ask(database, create("tea", 50));
    for (let n = 1; n <= 5; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
    expect(await feedOf(database, limit)).toEqual(Array(6).fill("entry"));
    const [, second] = await collections.feed.find().sort({ _id: 1 }).toArray();
    await collections.journal.deleteOne({ _id: String(second?.entries[1]) });
    await collections.feed.updateOne({ _id: 1 }, { $set: { last: "two" as never } });
    expect(await feedOf(await open(), limit)).toEqual([
      ...["feed_segment", "feed_segment", "entry", "journal_entry", "entry", "entry"],
    ]);
  },
);

test("a last segment that is damaged gives no position twice", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50));
  await ask(database, place("o1", { tea: 1 }));
  expect(await feedOf(database, 9)).toHaveLength(2);
  await collections.feed.updateOne({ _id: 1 }, { $set: { last: "2" as never } });
  const again = await open();
  await ask(again, cancel("o1"));
  expect(await feedOf(again, 9)).toEqual(["feed_segment", "feed_segment", "entry"]);
  expect((await again.queries.feedEnd()).position).toBe(3);
});

const far = [
  ["a long past what a number holds", Long.fromString("1152921504606846976")],
  ["a number past what is exact", 2 ** 60],
  ["a number far ahead", 2 ** 40],
  ["a decimal", Decimal128.fromString("9e30")],
] as const;

test.each(far.flatMap(([what, last]) => [1, 3, 5].map((_id) => [what, _id, last] as const)))(
  "a segment whose last position is %s costs its own places: the one that begins at %i",
  async (_what, _id, last) => {
    const { database, open, collections } = await openShop();
    await ask(database, create("tea", 50));
    for (let n = 1; n <= 5; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
    expect(await feedOf(database, 9)).toHaveLength(6);
    await collections.feed.updateOne({ _id }, { $set: { last: last as never } });
    const again = await open();
    expect(await ask(again, cancel("o1"))).toEqual(["ok"]);
    const expected = Array.from({ length: 7 }, (_, n) => (n + 1 === _id || n === _id ? "feed_segment" : "entry"));
    for (const limit of [1, 2, 3, 9]) expect(await feedOf(again, limit)).toEqual(expected);
    expect((await again.queries.feedEnd()).position).toBe(7);
    expect(await again.queries.feed({ limit: 9, after: 7 })).toEqual([]);
  },
);

test.each([1, 2, 9])("by pages of %i, the feed goes past two segments that are wrong in two ways", async (limit) => {
  const { database, collections } = await openShop();
  await ask(database, create("tea", 50));
  for (let n = 1; n <= 5; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  expect(await feedOf(database, 9)).toHaveLength(6);
  await collections.feed.updateOne({ _id: 1 }, { $set: { last: 2 ** 40 } });
  await collections.feed.updateOne({ _id: 3 }, { $set: { last: "four" as never } });
  expect(await feedOf(database, limit)).toEqual([...Array(4).fill("feed_segment"), "entry", "entry"]);
});

test.each([
  ["a long past what a number holds", Long.fromString("1152921504606846976")],
  ["the last number that is exact", Number.MAX_SAFE_INTEGER],
  ["a text", "9"],
  ["a number below the first", -7],
])("a segment that begins at %s draws nothing after it", async (_what, _id) => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50), place("o1", { tea: 1 }));
  expect(await feedOf(database, 9)).toEqual(["entry"]);
  await collections.feed.insertOne({ _id: _id as never, last: _id as never, entries: ["x"] });
  const again = await open();
  expect(await ask(again, cancel("o1"))).toEqual(["ok"]);
  expect([await feedOf(again, 1), await feedOf(again, 9)]).toEqual(Array(2).fill(["entry", "entry"]));
  expect((await again.queries.feedEnd()).position).toBe(2);
});

test("an entry that is dated years ahead takes no time along, and is reported", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50));
  await ask(database, place("o1", { tea: 1 }));
  await feedOf(database, 9);
  const [newest] = await collections.journal.find().sort({ _id: -1 }).limit(1).toArray();
  const at = Date.now() + 9 * 365 * 86_400_000;
  await collections.journal.updateOne({ _id: String(newest?._id) }, { $set: { at: at as never } });
  const again = await open();
  const reported = [{ kind: "journal_entry", id: newest?._id }];
  expect(again.doubtful).toMatchObject(reported);
  expect(Math.abs((await again.queries.now()) - Date.now())).toBeLessThan(60_000);
  expect(await ask(again, place("o2", { tea: 1 }))).toEqual(["ok"]);
  expect(await unreadableRecords(again.queries)).toMatchObject(reported);
  expect(await unreadableRecords(again.queries, "tea" as Sku)).toMatchObject(reported);
});

test("a level that was deleted is reported", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50), create("cup", 50), place("o1", { tea: 1 }));
  await feedOf(database, 9);
  await collections.levels.deleteOne({ _id: "tea@main" });
  const { queries } = await open();
  const reported = [{ kind: "stock_level", id: "tea@main" }];
  expect(await unreadableRecords(queries)).toMatchObject(reported);
  expect(await unreadableRecords(queries, "tea" as Sku)).toMatchObject(reported);
  expect(await unreadableRecords(queries, "cup" as Sku)).toEqual([]);
});

test.each(["now", Number.NaN, null])("opens where the newest entry is of %s, and goes by the clock", async (at) => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50));
  await collections.journal.updateMany({}, { $set: { at: at as never } });
  expect(Math.abs((await (await open()).queries.now()) - Date.now())).toBeLessThan(60_000);
});
