import { randomUUID } from "node:crypto";
import { type Command, decideBatch } from "@holdfast/domain";
import type {} from "@holdfast/test-services";
import { adjust, cancel, change, changePlace, claim, confirm, create, open, orderId, place } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { collectionsOf } from "./collections.ts";
import { Conflict } from "./conflicts.ts";
import { Deadline } from "./deadline.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { openMongo } from "./open-mongo.ts";
import { ask, freshId, stockOf, versionsOf } from "./testing/shop.ts";
import { TimedSession } from "./timed-session.ts";
import { writeGuess } from "./write-batch.ts";

const url = inject("mongoUrl");

const ann = { customerId: "ann" };
const bob = { customerId: "bob" };
const annAtMost3 = { ...ann, bounds: { unitsPerCustomerMax: 3 } };

/** What another process does, so that the first one's memory is wrong; what the first then asks, and the right answer. */
const elsewhere: readonly (readonly [string, Command, Command, string, string])[] = [
  ["stock was taken", place("b1", { tea: 3 }), place("a2", { tea: 1 }), "insufficient_stock", "5/5/0"],
  ["less stock was taken", place("b1", { tea: 1 }), place("a2", { tea: 2 }), "ok", "5/5/0"],
  ["stock was given back", cancel("a1"), place("a2", { tea: 5 }), "ok", "5/5/0"],
  [
    "their holding grew",
    place("b1", { tea: 1 }, ann),
    place("a2", { tea: 1 }, annAtMost3),
    "hold_limit_exceeded",
    "5/3/0",
  ],
  ["their holding shrank", cancel("a1"), place("a2", { tea: 3 }, annAtMost3), "ok", "5/3/0"],
  [
    "another's holding began",
    place("b1", { tea: 1 }, bob),
    place("a2", { tea: 1 }, { ...bob, bounds: { unitsPerCustomerMax: 1 } }),
    "hold_limit_exceeded",
    "5/3/0",
  ],
  ["another's holding began, and may grow", place("b1", { tea: 1 }, bob), place("a2", { tea: 1 }, bob), "ok", "5/4/0"],
  ["the product was archived", change("tea", { archived: true }), place("a2", { tea: 1 }), "product_archived", "5/2/0"],
  [
    "the place was closed",
    changePlace("main", { active: false }),
    place("a2", { tea: 1 }),
    "location_inactive",
    "5/2/0",
  ],
  ["the key was used", place("b1", { tea: 1 }, claim("k")), place("a2", { tea: 1 }, claim("k")), "replayed", "5/3/0"],
];

test.each(elsewhere)("after %s elsewhere it answers what is true", async (_what, meanwhile, command, word, stock) => {
  const databaseName = `own-${randomUUID()}`;
  const [one, other] = await Promise.all([openMongo({ url, databaseName }), openMongo({ url, databaseName })]);
  await ask(one, create("tea", 5));
  await ask(one, place("a1", { tea: 2 }, ann));
  expect(await ask(other, meanwhile)).toEqual(["ok"]);
  expect(await ask(one, command)).toEqual([word]);
  expect(await stockOf(one, "tea")).toBe(stock);
  const versions = await versionsOf(one, "tea");
  expect(versions).toEqual(versions.map((_version, index) => versions.length - index));
  await Promise.all([one.close(), other.close()]);
});

test("sells a product as it is now at a place that it came to after it changed", async () => {
  const databaseName = `own-${randomUUID()}`;
  const [one, other] = await Promise.all([openMongo({ url, databaseName }), openMongo({ url, databaseName })]);
  const berlin = { locationId: "berlin" };
  await ask(one, create("tea", 5), place("a1", { tea: 1 }));
  await ask(other, change("tea", { name: "Tea" }));
  await ask(other, open("berlin"), adjust("b0", "tea@berlin", 9));
  await ask(other, place("b1", { tea: 1 }, berlin));
  // It learns of the level, and not of its product.
  expect(await ask(one, confirm("b1"))).toEqual(["ok"]);
  expect(await ask(one, place("a2", { tea: 1 }, berlin))).toEqual(["ok"]);
  expect((await one.queries.order(orderId("a2")))?.lines).toMatchObject([{ name: "Tea" }]);
  await Promise.all([one.close(), other.close()]);
});

test("writes nothing of a guess whose level has moved on", async () => {
  const databaseName = `guess-${randomUUID()}`;
  const database = await openMongo({ url, databaseName });
  const client = new MongoClient(url, clientOptions);
  const collections = collectionsOf(client, databaseName);
  await ask(database, create("tea", 5));
  const session = new TimedSession(client, Deadline.in(20_000));
  session.begin();
  const decided = [place("o1", { tea: 1 })];
  const { snapshot, now } = await loadSnapshot(collections, session, decided);
  await session.abort();
  await ask(database, place("o2", { tea: 1 }));

  session.begin();
  const guess = writeGuess(collections, session, freshId(), decideBatch(snapshot, decided, now), snapshot, false);
  await expect(guess).rejects.toThrow(Conflict);
  await session.abort();
  expect(await stockOf(database, "tea")).toBe("5/1/0");
  session.close();
  await Promise.all([client.close(), database.close()]);
});
