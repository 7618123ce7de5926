import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { addressOf } from "./fixtures/address-of.ts";
import { type MongoService, startMongo } from "./mongo.ts";
import { mongoIsPrimary } from "./mongo-ping.ts";

let mongo: MongoService;

beforeAll(async () => {
  mongo = await startMongo();
});
beforeEach(() => mongo.resume());
afterAll(() => mongo.stop());

async function withClient<Result>(url: string, use: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** Writes each document in its own transaction with majority acknowledgement. Returns how many were acknowledged. */
async function insert(client: MongoClient, collection: string, count: number): Promise<number> {
  const documents = client.db("test").collection(collection);
  await documents.insertOne({ first: true });
  await client.withSession(async (session) => {
    for (let i = 0; i < count; i += 1) {
      session.startTransaction({ readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } });
      await documents.insertOne({ i }, { session });
      await session.commitTransaction();
    }
  });
  return count + 1;
}

test("the shared one takes transactions", async () => {
  await withClient(inject("mongoUrl"), async (client) => {
    const database = `test-services-${process.pid}`;
    await client.withSession((session) =>
      session.withTransaction(() => client.db(database).collection("things").insertOne({ a: 1 }, { session })),
    );
    expect(await client.db(database).collection("things").countDocuments()).toBe(1);
    await client.db(database).dropDatabase();
  });
});

test("takes failpoints", async () => {
  await withClient(mongo.url, async (client) => {
    const answer = await client.db("admin").command({ configureFailPoint: "failCommand", mode: "off" });
    expect(answer["ok"]).toBe(1);
  });
});

test("keeps all it acknowledged through kill -9 and a restart, under the same URL", async () => {
  const acknowledged = await withClient(mongo.url, (client) => insert(client, "killed", 200));
  await mongo.kill();
  await expect(mongoIsPrimary(addressOf(mongo.url))).rejects.toThrow("ECONNREFUSED");
  await mongo.restart();
  const found = await withClient(mongo.url, (client) => client.db("test").collection("killed").countDocuments());
  expect(found).toBe(acknowledged);
});

test("keeps its data through a restart in good order", async () => {
  const acknowledged = await withClient(mongo.url, (client) => insert(client, "restarted", 5));
  await mongo.restart();
  const found = await withClient(mongo.url, (client) => client.db("test").collection("restarted").countDocuments());
  expect(found).toBe(acknowledged);
});

test("answers nothing while paused, and goes on when resumed", async () => {
  await mongo.pause();
  await expect(mongoIsPrimary(addressOf(mongo.url))).rejects.toThrow("no answer in time");
  await mongo.resume();
  expect(await mongoIsPrimary(addressOf(mongo.url))).toBe(true);
});

test("two run side by side and know nothing of each other", async () => {
  const other = await startMongo();
  try {
    await withClient(other.url, (client) => insert(client, "elsewhere", 1));
    const found = await withClient(mongo.url, (client) => client.db("test").collection("elsewhere").countDocuments());
    expect(found).toBe(0);
  } finally {
    await other.stop();
  }
  await expect(mongoIsPrimary(addressOf(other.url))).rejects.toThrow("ECONNREFUSED");
});
