import { randomUUID } from "node:crypto";
import { driftOf, type Recount, type Sku } from "@holdfast/domain";
import { type Database, everyRecount, readable } from "@holdfast/engine";
import type {} from "@holdfast/test-services";
import { cancel, confirm, create, place } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { collectionsOf } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { recountsInSession } from "./mongo-recounts.ts";
import { openMongo } from "./open-mongo.ts";
import { ask } from "./testing/shop.ts";
import { TimedSession } from "./timed-session.ts";

const url = inject("mongoUrl");

async function recountsOf({ queries }: Database, sku?: Sku): Promise<Recount[]> {
  const recounts: Recount[] = [];
  for await (const recount of everyRecount(queries, sku)) recounts.push(readable(recount));
  return recounts;
}

test("lists each level once, over several chunks", async () => {
  const database = await openMongo({ url, databaseName: `chunks-${randomUUID()}` });
  const skus = Array.from({ length: 450 }, (_, n) => `sku-${n}`);
  await ask(database, ...skus.map((sku, n) => create(sku, n)));
  await ask(database, place("o1", { "sku-449": 2 }), place("o2", { "sku-449": 3 }), confirm("o2"));
  const recounts = await recountsOf(database);
  expect(new Set(recounts.map(({ level }) => level.sku)).size).toBe(450);
  expect(recounts).toHaveLength(450);
  expect(recounts.flatMap(driftOf)).toEqual([]);
  expect(await recountsOf(database, "sku-449" as Sku)).toMatchObject([
    { sources: { totalStock: 449, reservedStock: 2, committedStock: 3 }, journalled: { version: 4 } },
  ]);
  await database.close();
});

test("shows no drift while stock moves", async () => {
  const database = await openMongo({ url, databaseName: `moving-${randomUUID()}` });
  await ask(database, create("tea", 1_000), create("cup", 1_000));
  let placing = true;
  const shoppers = (async () => {
    for (let n = 0; n < 40; n += 1) {
      await ask(database, place(`a${n}`, { tea: 1, cup: 2 }), place(`b${n}`, { tea: 3 }), confirm(`b${n}`));
      await ask(database, cancel(`a${n}`));
    }
    placing = false;
  })();
  let looks = 0;
  for (; placing || looks === 0; looks += 1) {
    expect((await recountsOf(database)).flatMap(driftOf)).toEqual([]);
  }
  await shoppers;
  expect(looks).toBeGreaterThan(1);
  await database.close();
});

test("finds what someone has edited by hand", async () => {
  const databaseName = `edited-${randomUUID()}`;
  const database = await openMongo({ url, databaseName });
  await ask(database, create("tea", 10), place("o1", { tea: 2 }));
  const client = new MongoClient(url);
  await client
    .db(databaseName)
    .collection("levels")
    .updateOne({ sku: "tea" }, { $inc: { reservedStock: -1 } });
  await client.close();
  const drift = (await recountsOf(database)).flatMap(driftOf);
  expect(
    drift.map(({ counter, source, counted, expected }) => `${counter} ${counted}, ${source}: ${expected}`),
  ).toEqual(["reservedStock 1, orders: 2", "reservedStock 1, journal: 2"]);
  await database.close();
});

test("adds up what its transaction sees, and nothing that came since it began", async () => {
  const databaseName = `since-${randomUUID()}`;
  const database = await openMongo({ url, databaseName });
  await ask(database, create("tea", 10), place("o1", { tea: 2 }));
  const client = new MongoClient(url, clientOptions);
  const collections = collectionsOf(client, databaseName);
  const session = new TimedSession(client, Deadline.in(20_000));
  session.begin();
  await loadSnapshot(collections, session, []); // every transaction begins with a read
  await ask(database, place("o2", { tea: 3 }));
  const recounts = await session.step((inSession) => recountsInSession(collections, ["tea@main"], "always", inSession));
  expect(recounts).toMatchObject([
    { level: { reservedStock: 2 }, sources: { reservedStock: 2 }, journalled: { version: 2 } },
  ]);
  await session.abort();
  session.close();
  await Promise.all([client.close(), database.close()]);
});
