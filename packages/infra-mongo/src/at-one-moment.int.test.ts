import { randomUUID } from "node:crypto";
import type {} from "@holdfast/test-services";
import { create, place } from "@holdfast/testing";
import { expect, inject, test } from "vitest";
import { atOneMoment } from "./at-one-moment.ts";
import { openMongo, withCollections } from "./open-mongo.ts";
import { ask } from "./testing/shop.ts";

test("reads as of one moment, also collections that it comes to after others have committed", async () => {
  const address = { url: inject("mongoUrl"), databaseName: `moment-${randomUUID()}` };
  const database = await openMongo(address);
  await ask(database, create("tea", 5));
  const seen = await withCollections(address, (collections) =>
    atOneMoment(collections, async (moment) => {
      const entries = await collections.journal.find({}, moment).toArray();
      await ask(database, place("o1", { tea: 1 }));
      const orders = await collections.orders.find({}, moment).toArray();
      return [entries.length, orders.length];
    }),
  );
  expect(seen).toEqual([1, 0]);
  await database.close();
});
