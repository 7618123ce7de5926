import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Database, Unavailable } from "@holdfast/engine";
import { cancel, create, place } from "@holdfast/store-contract";
import { startMongo } from "@holdfast/test-services";
import { MongoClient, Timestamp } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { type Collections, collectionsOf } from "./collections.ts";
import { Deadline } from "./deadline.ts";
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
  expect(await queries.feedEnd()).toBeLessThanOrEqual(feed.length);
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
  // What a commit has seen stands before it.
  const feed = await database.queries.feed({ limit: 10_000 });
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
  const late = { _id: "0".repeat(26), at: 1, records: [], levelsBefore: [], skus: [], position: 0 };
  const entry = { ...late, clusterTime: Timestamp.fromNumber(1) } as never;
  await session.step((inSession) => collections.journal.insertOne(entry, { session: inSession }));
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
  const ids = (await collections.journal.find().sort({ clusterTime: 1 }).toArray()).map(({ _id }) => _id);
  for (const [index, _id] of ids.entries()) {
    await collections.journal.updateOne({ _id }, { $set: { at: 1_000 - index } as never });
  }
  await stampAll(database);
  const feed = await database.queries.feed({ limit: 10 });
  expect(feed.map(({ records }) => records[0]?.type)).toEqual(["ProductCreated", "OrderPlaced", "OrderCancelled"]);
});

test("stamps at most as many as it is asked for, and tells how many", async () => {
  const { database } = await openShop();
  expect(await stamp(database, 3)).toBe(0);
  await ask(database, create("tea", 50));
  for (let n = 0; n < 4; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  expect([await stamp(database, 3), await stamp(database, 3), await stamp(database, 3)]).toEqual([3, 2, 0]);
  expect(await idsOf(database)).toHaveLength(5);
});

test("shows nothing half numbered while a sequencer is at work, and lets another one go on when it is killed", async () => {
  const { database, url, databaseName, collections } = await openShop();
  await ask(database, create("tea", 50));
  for (let n = 0; n < 4; n += 1) await ask(database, place(`o${n}`, { tea: 1 }));
  const script = halfDone(url, databaseName);
  const killed = execFile(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname });
  await once(killed.stdout ?? killed, "data");
  // It has numbered all but the first and the third.
  expect(await collections.journal.countDocuments({ position: { $gt: 0 } })).toBe(3);
  expect(await idsOf(database)).toEqual([]);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  await ask(database, place("o5", { tea: 1 }));
  expect([await stamp(database, 100), await stamp(database, 100), await stamp(database, 100)]).toEqual([5, 1, 0]);
  expect((await idsOf(database)).sort()).toEqual((await journalled(collections)).sort());
});

/** A sequencer that stops for good when it has written some of its positions. */
function halfDone(url: string, databaseName: string): string {
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  return `
    const { MongoClient } = await import("mongodb");
    const { collectionsOf } = await import(${module("./collections.ts")});
    const { MongoSequencer } = await import(${module("./mongo-sequencer.ts")});
    const client = new MongoClient(${JSON.stringify(url)});
    const collections = collectionsOf(client, ${JSON.stringify(databaseName)});
    const { journal } = collections;
    const some = {
      find: (...asked) => journal.find(...asked),
      async bulkWrite(positions, options) {
        await journal.bulkWrite(positions.filter((_, index) => index !== 0 && index !== 2), options);
        console.log("written");
        await new Promise(() => setInterval(() => {}, 1_000));
      },
    };
    await new MongoSequencer({ ...collections, journal: some }).stamp(100);`;
}

test("goes on after any of its steps was lost, and numbers nothing twice", async () => {
  const { url, stop } = await startMongo();
  onTestFinished(() => stop());
  const { database, collections } = await openShop(url);
  await ask(database, create("tea", 50));
  const ended: number[] = [];
  // The decision is lost; then the positions behind it; then the end behind those, for which no new decision is made.
  for (const [round, step] of [0, 1, 1].entries()) {
    await ask(database, place(`o${round}`, { tea: 1 }));
    const lost = { failCommands: ["update"], errorCode: 8_000 };
    await withFailingCommand(url, lost, { skip: step }, () => expect(stamp(database, 100)).rejects.toThrow());
    ended.push((await idsOf(database)).length);
  }
  expect(ended).toEqual([0, 0, 3]);
  await stampAll(database);
  expect((await idsOf(database)).sort()).toEqual((await journalled(collections)).sort());
});

test("moves the end no more when it wakes up after others have moved it", async () => {
  const { database, collections } = await openShop();
  await ask(database, create("tea", 50));
  const { feed } = collections;
  const slowFeed: Pick<Collections["feed"], "findOne" | "updateOne"> = {
    findOne: (...asked: []) => feed.findOne(...asked),
    updateOne: async (filter, update, options) => {
      if (JSON.stringify(update).includes("end")) {
        await stampAll(database);
        await ask(database, place("o1", { tea: 1 }));
        await stampAll(database);
      }
      return await feed.updateOne(filter, update, options);
    },
  };
  await new MongoSequencer({ ...collections, feed: slowFeed as Collections["feed"] }).stamp(100);
  expect(await database.queries.feedEnd()).toBe(2);
  await ask(database, place("o2", { tea: 1 }));
  await stampAll(database);
  expect(await idsOf(database)).toHaveLength(3);
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
