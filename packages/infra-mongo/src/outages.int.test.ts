import { randomUUID } from "node:crypto";
import type { Actor, Instant } from "@holdfast/domain";
import { type ApiKeyId, OutcomeUnknown, Unavailable } from "@holdfast/engine";
import { type MongoService, startMongo } from "@holdfast/test-services";
import { cancel, create, place } from "@holdfast/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMongo } from "./open-mongo.ts";
import { ask, stockOf, transact, versionsOf, withFailingCommand } from "./testing/shop.ts";

// A server of its own: these tests make it fail, freeze and die.
let mongo: MongoService;
beforeAll(async () => {
  mongo = await startMongo();
});
afterAll(() => mongo.stop());

async function openShop() {
  const database = await openMongo({ url: mongo.url, databaseName: `outage-${randomUUID()}` });
  await ask(database, create("tea", 100));
  return database;
}

/** The answer, and how long it took beyond the time that it was given. */
async function timed<T>(timeoutMs: number, run: () => Promise<T>) {
  const start = performance.now();
  const answer = await run();
  return { answer, lateMs: performance.now() - start - timeoutMs };
}

test("runs again after a write conflict", async () => {
  const database = await openShop();
  const data = { failCommands: ["bulkWrite"], errorCode: 112, errorLabels: ["TransientTransactionError"] };
  const words = await withFailingCommand(mongo.url, data, { times: 3 }, () => ask(database, place("o1", { tea: 1 })));
  expect(words).toEqual(["ok"]);
  expect(await stockOf(database, "tea")).toBe("100/1/0");
  expect(await versionsOf(database, "tea")).toEqual([2, 1]);
  await database.close();
});

test("asks again for the answer of a commit that was lost", async () => {
  const database = await openShop();
  const lost = { failCommands: ["commitTransaction"], closeConnection: true } as const;
  for (const times of [1, 4]) {
    const order = place(`o${times}`, { tea: 1 });
    expect(await withFailingCommand(mongo.url, lost, { times }, () => ask(database, order))).toEqual(["ok"]);
  }
  expect(await stockOf(database, "tea")).toBe("100/2/0");
  expect(await versionsOf(database, "tea")).toEqual([3, 2, 1]);
  await database.close();
});

test("fences a commit that the server never hears of, and nothing of it is there", async () => {
  const database = await openShop();
  const lost = { failCommands: ["commitTransaction"], closeConnection: true } as const;
  const { answer, lateMs } = await withFailingCommand(mongo.url, lost, "alwaysOn", () =>
    timed(6_000, () => transact(database, [place("o1", { tea: 1 })], 6_000)),
  );
  expect(answer).toMatchObject({ kind: "not_committed", transient: true });
  expect(lateMs).toBeLessThan(500);
  expect(await stockOf(database, "tea")).toBe("100/0/0");
  expect(await versionsOf(database, "tea")).toEqual([1]);
  expect(await ask(database, place("o1", { tea: 1 }))).toEqual(["ok"]);
  await database.close();
});

test("fences a commit that happened and could not be confirmed, and says so", async () => {
  const database = await openShop();
  const slow = { failCommands: ["commitTransaction"], writeConcernError: { code: 64, errmsg: "no majority yet" } };
  const commit = await withFailingCommand(mongo.url, slow, "alwaysOn", () =>
    transact(database, [place("o1", { tea: 1 })], 2_000),
  );
  expect(commit.kind).toBe("committed");
  expect(await stockOf(database, "tea")).toBe("100/1/0");
  expect(await versionsOf(database, "tea")).toEqual([2, 1]);
  await database.close();
});

test("calls a commit unknown where neither it nor its fence gets an answer", async () => {
  const database = await openShop();
  await ask(database, place("o1", { tea: 1 }));
  // Of this batch only the fence is an `insert`.
  const lost = { failCommands: ["commitTransaction", "insert"], closeConnection: true } as const;
  const { answer, lateMs } = await withFailingCommand(mongo.url, lost, "alwaysOn", () =>
    timed(2_000, () => transact(database, [cancel("o1")], 2_000)),
  );
  expect(answer.kind).toBe("unknown");
  expect(lateMs).toBeLessThan(500);
  expect(await ask(database, place("o2", { tea: 1 }))).toEqual(["ok"]);
  await database.close();
});

test("learns of a commit from a server that died before it could answer", async () => {
  const database = await openShop();
  const slow = { failCommands: ["commitTransaction"], writeConcernError: { code: 64, errmsg: "no majority yet" } };
  const commit = await withFailingCommand(mongo.url, slow, "alwaysOn", async () => {
    const pending = transact(database, [place("o1", { tea: 1 })], 30_000);
    while ((await stockOf(database, "tea")) === "100/0/0");
    await mongo.kill();
    await mongo.restart();
    return await pending;
  });
  expect(commit).toMatchObject({ kind: "committed", batch: { outcomes: [{ kind: "accepted", replayed: false }] } });
  expect(await stockOf(database, "tea")).toBe("100/1/0");
  expect(await versionsOf(database, "tea")).toEqual([2, 1]);
  await database.close();
});

test("answers in time while the database is down, and works again when it is back", async () => {
  const database = await openShop();
  await mongo.kill();
  const { answer, lateMs } = await timed(1_500, () => transact(database, [place("o1", { tea: 1 })], 1_500));
  expect(answer).toMatchObject({ kind: "not_committed", transient: true });
  expect(lateMs).toBeLessThan(500);
  await expect(database.queries.now()).rejects.toThrow(Unavailable);
  await mongo.restart();
  expect(await ask(database, place("o1", { tea: 1 }))).toEqual(["ok"]);
  expect(await stockOf(database, "tea")).toBe("100/1/0");
  await database.close();
});

test("answers in time while the database is frozen, and nothing is lost or doubled when it thaws", async () => {
  const database = await openShop();
  await mongo.pause();
  const { answer, lateMs } = await timed(1_500, () => transact(database, [place("o1", { tea: 1 })], 1_500));
  await mongo.resume();
  expect(answer).toMatchObject({ kind: "not_committed", transient: true });
  expect(lateMs).toBeLessThan(500);
  expect(await ask(database, place("o1", { tea: 1 }))).toEqual(["ok"]);
  expect(await stockOf(database, "tea")).toBe("100/1/0");
  await database.close();
});

test("calls a write of an API key unknown where its answer is lost for good", async () => {
  const database = await openShop();
  const id = "key_1" as ApiKeyId;
  const [name, at] = ["shop" as Actor, 1 as Instant];
  const record = { id, name, hash: "h", scopes: ["admin"], createdAt: at, createdBy: name };
  const lost = { failCommands: ["insert", "update"], closeConnection: true } as const;
  await withFailingCommand(mongo.url, lost, "alwaysOn", async () => {
    await expect(database.apiKeys.create(record)).rejects.toThrow(OutcomeUnknown);
    await expect(database.apiKeys.revoke(id, at)).rejects.toThrow(OutcomeUnknown);
  });
  await database.apiKeys.create(record);
  const unread = { failCommands: ["find"], closeConnection: true } as const;
  await withFailingCommand(mongo.url, unread, "alwaysOn", async () => {
    await expect(database.apiKeys.live()).rejects.toThrow(Unavailable);
    await expect(database.apiKeys.list({ limit: 1 })).rejects.toThrow(Unavailable);
  });
  expect(await database.apiKeys.live()).toEqual({ keys: [record], unreadable: [], everMade: true });
  await database.close();
});

test("keeps every acknowledged order, and sells nothing twice, when the database is killed under load", async () => {
  const database = await openShop();
  const acknowledged: string[] = [];
  let killed = false;
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (let n = 0; n < 12; n += 1) {
      const name = `${lane}-${n}`;
      const commit = await transact(database, [place(name, { tea: 1 })], 15_000);
      if (commit.kind === "committed") acknowledged.push(name);
      if (acknowledged.length >= 12 && !killed) {
        killed = true;
        await mongo.kill();
        await mongo.restart();
      }
    }
  });
  await Promise.all(lanes);
  const orders = (await database.queries.orders({}, { limit: 1_000 })).map(({ id }) =>
    id.slice(4).replace(/^0+(?=\d-)/, ""),
  );
  expect(killed).toBe(true);
  expect(orders).toEqual(expect.arrayContaining(acknowledged));
  expect(await stockOf(database, "tea")).toBe(`100/${orders.length}/0`);
  expect(await versionsOf(database, "tea")).toEqual(
    Array.from({ length: orders.length + 1 }, (_, n) => orders.length + 1 - n),
  );
  await database.close();
});
