import { randomUUID } from "node:crypto";
import type {} from "@holdfast/test-services";
import { adjust, create, open } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { collectionsOf } from "./collections.ts";
import { openMongo } from "./open-mongo.ts";
import { ask } from "./testing/shop.ts";

const url = inject("mongoUrl");

test("opens the first place, and each that stock was counted at before places were opened", async () => {
  const databaseName = `places-${randomUUID()}`;
  const before = await openMongo({ url, databaseName });
  expect(await ask(before, create("tea", 5), open("berlin"), adjust("a1", "tea@berlin", 2))).toEqual([
    "ok",
    "ok",
    "ok",
  ]);
  await before.close();
  const client = new MongoClient(url, clientOptions);
  const { locations } = collectionsOf(client, databaseName);
  await locations.deleteMany({});
  const after = await openMongo({ url, databaseName });
  const all = await locations.find({}).sort({ _id: 1 }).toArray();
  expect(all).toEqual([
    { _id: "berlin", of: "shop", version: 1, name: "berlin", priority: 1, active: true },
    { _id: "main", of: "shop", version: 1, name: "Main", priority: 0, active: true },
  ]);
  await Promise.all([after.close(), client.close()]);
});
