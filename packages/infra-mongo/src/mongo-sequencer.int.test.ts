import { randomUUID } from "node:crypto";
import { type Database, Unavailable } from "@holdfast/engine";
import { startMongo } from "@holdfast/test-services";
import { cancel, create, place } from "@holdfast/testing";
import { MongoClient, Timestamp } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { type Collections, collectionsOf } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import type { JournalDocument } from "./documents.ts";
import { MongoSequencer } from "./mongo-sequencer.ts";
import { openMongo } from "./open-mongo.ts";
import { ask, withFailingCommand } from "./testing/shop.ts";
import { TimedSession } from "./timed-session.ts";

const each = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i));

async function openShop(url: string = inject("mongoUrl")) {
  const databaseName = `feed-${randomUUID()}`;
  const client = new MongoClient(url, clientOptions);
  const open = async () => {
    const database = await openMongo({ url, databaseName });
    onTestFinished(() => database.close());
    return database;
  };
  const database = await open();
  onTestFinished(() => client.close());
  return { database, open, url, databaseName, client, collections: collectionsOf(client, databaseName) };
}

function stamp({ sequencer }: Database, limit: number): Promise<number> {
  if (sequencer === undefined) throw new Error("a database on MongoDB has a sequencer");
  return sequencer.stamp(limit);
}

async function stampAll(database: Database): Promise<void> {
  while ((await stamp(database, 100)) > 0);
}

/** The ids in the feed, by position; fails where there is a gap. */
async function idsOf({ queries }: Database): Promise<string[]> {
  const feed = await queries.feed({ limit: 10_000 });
  expect(feed.map(({ position }) => position)).toEqual(each(feed.length, (n) => n + 1));
  expect((await queries.feedEnd()).position).toBeLessThanOrEqual(feed.length);
  return feed.map(({ id }) => id);
}

/** The ids of all that is in the journal. */
async function journalled({ journal }: Collections): Promise<string[]> {
  return (await journal.find({ void: { $exists: false } }).toArray()).map(({ _id }) => _id);
}

test("two sequencers at once, while batches commit, number every commit once and leave no gap", async () => {
  const { database, open, collections } = await openShop();
  const [first, second] = await Promise.all([open(), open()]);
  await ask(database, create("tea", 1_000), create("cup", 1_000));
  let shopping = true;
  const shoppers = Promise.all(
    each(4, async (lane) => {
      for (let n = 0; n < 15; n += 1) {
        const [name, sku] = [`${lane}-${n}`, lane % 2 ? "tea" : "cup"];
        await ask(lane % 3 ? first : database, place(name, { [sku]: 1 }));
        if (n % 3 === 0) await ask(second, cancel(name));
      }
    }),
  ).finally(() => {
    shopping = false;
  });
  const stamped = [0, 0];
  const sequencers = [first, second].map(async (worker, index) => {
    while (shopping) stamped[index] = (stamped[index] ?? 0) + (await stamp(worker, 3));
  });
  await Promise.all([shoppers, ...sequencers]);
  await stampAll(database);

  const ids = await idsOf(database);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual((await journalled(collections)).sort());
  expect(stamped.every((count) => count > 0)).toBe(true);
  // A commit comes behind everything that it has seen.
  const feed = (await database.queries.feed({ limit: 10_000 })).filter((entry) => "records" in entry);
  for (const sku of ["tea", "cup"]) {
    const versions = feed.flatMap(({ levelsBefore }) =>
      levelsBefore.flatMap((level) => (level.sku === sku ? [level.version] : [])),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
});

test("numbers what becomes visible late behind what was there before, and skips nothing", async () => {
  const { database, client, collections } = await openShop();
  await ask(database, create("tea", 5));
  const session = new TimedSession(client, Deadline.in(20_000));
  session.begin();
  // Decided before everything else here, and committed after it.
  const late = { _id: "0".repeat(26), at: 1, records: [], levelsBefore: [], skus: [] } as never as JournalDocument;
  const note = { _id: late._id, clusterTime: Timestamp.fromNumber(1) };
  await session.step((inSession) => collections.journal.insertOne(late, { session: inSession }));
  await session.step((inSession) => collections.outbox.insertOne(note, { session: inSession }));
  await ask(database, place("o1", { tea: 1 }));
  await stampAll(database);
  const before = await idsOf(database);
  expect(before).toHaveLength(2);

  await session.step((inSession) => inSession.commitTransaction());
  session.close();
  await ask(database, place("o2", { tea: 1 }));
  await stampAll(database);
  const after = await idsOf(database);
  expect([after.slice(0, 2), after[2], after.length]).toEqual([before, late._id, 4]);
});

test("goes by what a commit has seen, not by clocks that were set back or by ids", async () => {
  const { database, collections } = await openShop();
  await ask(database, create("tea", 5));
  await ask(database, place("o1", { tea: 1 }));
  await ask(database, cancel("o1"));
  const ids = (await collections.outbox.find().sort({ clusterTime: 1 }).toArray()).map(({ _id }) => _id);
  for (const [index, _id] of ids.entries()) {
    await collections.journal.updateOne({ _id }, { $set: { at: 1_000 - index } as never });
  }
  await stampAll(database);
  const feed = (await database.queries.feed({ limit: 10 })).filter((entry) => "records" in entry);
  expect(feed.map(({ records }) => records[0]?.type)).toEqual(["ProductCreated", "OrderPlaced", "OrderCancelled"]);
});

test("stamps at most as many as it is asked for, and returns how many", async () => {
  const { database } = await openShop();
  expect(await stamp(database, 3)).toBe(0);
  await ask(database, create("tea", 50));
  for (let n = 0; n < 4; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  expect([await stamp(database, 3), await stamp(database, 3), await stamp(database, 3)]).toEqual([3, 2, 0]);
  expect(await idsOf(database)).toHaveLength(5);
});

test("is read from any position on, across segments", async () => {
  const { database } = await openShop();
  await ask(database, create("tea", 50));
  for (let n = 0; n < 6; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  expect([await stamp(database, 3), await stamp(database, 2), await stamp(database, 2)]).toEqual([3, 2, 2]);
  const ids = await idsOf(database);
  for (const after of each(9, (n) => n)) {
    for (const limit of each(8, (n) => n + 1)) {
      const page = await database.queries.feed({ after, limit });
      expect(page.map(({ id }) => id)).toEqual(ids.slice(after, after + limit));
    }
  }
});

test("takes away what a sequencer that died has left in the outbox, and numbers nothing twice", async () => {
  const { database, open, collections } = await openShop();
  await ask(database, create("tea", 50));
  for (let n = 0; n < 4; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  expect(await stamp(database, 100)).toBe(5);
  expect(await collections.outbox.countDocuments()).toBe(5);
  const second = await open();
  await ask(database, place("o5", { tea: 1 }));
  expect([await stamp(second, 100), await stamp(second, 100)]).toEqual([1, 0]);
  expect((await idsOf(second)).sort()).toEqual((await journalled(collections)).sort());
  expect(await collections.outbox.countDocuments()).toBe(0);
});

test("goes on after any of its steps was lost, and numbers nothing twice", async () => {
  const { url, stop } = await startMongo();
  onTestFinished(() => stop());
  const { database, collections } = await openShop(url);
  await ask(database, create("tea", 50));
  await stampAll(database);
  for (const step of ["find", "delete", "insert"]) {
    await ask(database, place(`o${step}`, { tea: 1 }));
    const lost = { failCommands: [step], errorCode: 8_000 };
    await withFailingCommand(url, lost, "alwaysOn", () => expect(stamp(database, 100)).rejects.toThrow());
  }
  expect(await idsOf(database)).toHaveLength(1);
  expect(await stamp(database, 100)).toBe(3);
  expect((await idsOf(database)).sort()).toEqual((await journalled(collections)).sort());
});

test("adds no segment when it wakes up after others have added one", async () => {
  const { database, collections } = await openShop();
  await ask(database, create("tea", 50));
  const { feed } = collections;
  const slowFeed: Pick<Collections["feed"], "findOne" | "insertOne"> = {
    findOne: (...asked: []) => feed.findOne(...asked),
    insertOne: async (segment, options) => {
      await stampAll(database);
      await ask(database, place("o1", { tea: 1 }));
      await stampAll(database);
      return await feed.insertOne(segment, options);
    },
  };
  const slow = new MongoSequencer({ ...collections, feed: slowFeed as Collections["feed"] });
  expect(await slow.stamp(100)).toBe(0);
  expect((await database.queries.feedEnd()).position).toBe(2);
  await ask(database, place("o2", { tea: 1 }));
  await stampAll(database);
  expect((await idsOf(database)).sort()).toEqual((await journalled(collections)).sort());
});

test("says that the database is away, and goes on when it is back", async () => {
  const mongo = await startMongo();
  onTestFinished(() => mongo.stop());
  const { database } = await openShop(mongo.url);
  await ask(database, create("tea", 50));
  await mongo.kill();
  await expect(stamp(database, 100)).rejects.toThrow(Unavailable);
  await mongo.restart();
  await stampAll(database);
  expect(await idsOf(database)).toHaveLength(1);
});
