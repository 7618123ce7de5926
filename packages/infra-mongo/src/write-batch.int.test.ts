import { randomUUID } from "node:crypto";
import { type Command, decideBatch } from "@holdfast/domain";
import type {} from "@holdfast/test-services";
import { cancel, confirm, create, place } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { collectionsOf } from "./collections.ts";
import { Conflict } from "./conflicts.ts";
import { Deadline } from "./deadline.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { openMongo } from "./open-mongo.ts";
import { ask, freshId, stockOf } from "./testing/shop.ts";
import { TimedSession } from "./timed-session.ts";
import { writeBatch } from "./write-batch.ts";

const url = inject("mongoUrl");

const ann = { customerId: "ann" };

// The snapshot of a transaction hides these guards: here a batch is written in a later one than it was decided in.
const stale: readonly (readonly [string, Command, Command])[] = [
  ["a level that has moved", place("o2", { tea: 1 }), place("o3", { tea: 1 })],
  ["a holding that has moved", place("o2", { cup: 1 }, ann), place("o3", { tea: 1 }, ann)],
  ["a holding that has ended", place("o2", { cup: 1 }, ann), cancel("o1")],
  [
    "a holder who had none",
    place("o2", { cup: 1 }, { customerId: "bob" }),
    place("o3", { tea: 1 }, { customerId: "bob" }),
  ],
  ["an order that has ended", cancel("o1"), confirm("o1")],
];

test.each(stale)("refuses a batch that was decided on %s since", async (_what, decided, meanwhile) => {
  const databaseName = `guard-${randomUUID()}`;
  const database = await openMongo({ url, databaseName });
  const client = new MongoClient(url, clientOptions);
  const collections = collectionsOf(client, databaseName);
  await ask(database, create("tea", 5), create("cup", 5), place("o1", { tea: 1 }, ann));

  const session = new TimedSession(client, Deadline.in(20_000));
  session.begin();
  const { snapshot, now } = await loadSnapshot(collections, session, [decided]);
  const batch = decideBatch(snapshot, [decided], now);
  await session.abort();
  await ask(database, meanwhile);
  const stock = () => Promise.all(["tea", "cup"].map((sku) => stockOf(database, sku)));
  const before = await stock();
  session.begin();
  await loadSnapshot(collections, session, []); // every transaction begins with a read
  await expect(writeBatch(collections, session, freshId(), batch, false)).rejects.toThrow(Conflict);
  await session.abort();

  expect(await stock()).toEqual(before);
  session.close();
  await Promise.all([client.close(), database.close()]);
});
