import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FeedEpoch } from "@holdfast/engine";
import type {} from "@holdfast/test-services";
import { create, place } from "@holdfast/testing";
import { Timestamp } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { writeArchive } from "./archive.ts";
import { backUpMongo } from "./back-up-mongo.ts";
import { openMongo, withCollections } from "./open-mongo.ts";
import { renewMongoEpoch, restoreMongo } from "./restore-mongo.ts";
import { ask, stockOf } from "./testing/shop.ts";

const url = inject("mongoUrl");
const epoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXB" as FeedEpoch;

const newAddress = () => ({ url, databaseName: `restore-${randomUUID()}` });

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-restore-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shop.backup");
}

/** A backup of a shop with an order, and the shop. Neither has given anything a place in the feed. */
async function backedUpShop() {
  const address = newAddress();
  const file = newFile();
  const database = await openMongo(address);
  await ask(database, create("tea", 5));
  await ask(database, place("o1", { tea: 2 }));
  await database.close();
  await backUpMongo(address, file);
  return { address, file };
}

test("gives what had no place in the feed one before all that comes later, at any time of the cluster", async () => {
  const { address, file } = await backedUpShop();
  await withCollections(address, async ({ outbox }) => {
    await outbox.updateMany({}, { $set: { clusterTime: new Timestamp({ t: 2 ** 31, i: 1 }) } });
  });
  rmSync(file);
  await backUpMongo(address, file);
  const restored = newAddress();
  await restoreMongo(restored, file, epoch);
  const database = await openMongo(restored);
  await ask(database, place("o2", { tea: 1 }));
  await database.sequencer?.stamp(10);
  const feed = (await database.queries.feed({ limit: 10 })).filter((entry) => "records" in entry);
  expect(feed.map(({ records }) => records.map(({ type }) => type).join())).toEqual([
    "ProductCreated,StockAdjusted",
    "OrderPlaced",
    "OrderPlaced",
  ]);
  expect([await stockOf(database, "tea"), (await database.queries.feedEnd()).epoch]).toEqual(["5/3/0", epoch]);
  await database.close();
});

test("restores into no database that holds something, and changes nothing there", async () => {
  const { address, file } = await backedUpShop();
  await expect(restoreMongo(address, file, epoch)).rejects.toThrow(/is not empty.*DATABASE_URL/);
  const database = await openMongo(address);
  expect([await stockOf(database, "tea"), (await database.queries.feedEnd()).epoch === epoch]).toEqual([
    "5/2/0",
    false,
  ]);
  await database.close();
});

test("refuses a database that is half restored, to open, to back up and to restore", async () => {
  const address = newAddress();
  const file = newFile();
  async function* broken() {
    yield { collection: "orders", document: { _id: "o1" } };
    yield { collection: "recipes", document: { _id: "r1" } };
  }
  await writeArchive(file, { version: 3, compatibleFrom: 3 }, broken());
  await expect(restoreMongo(address, file, epoch)).rejects.toThrow(/unknown: recipes/);
  await expect(openMongo(address)).rejects.toThrow(/is being restored.*drop it/);
  await expect(backUpMongo(address, newFile())).rejects.toThrow(/half restored/);
  await expect(restoreMongo(address, file, epoch)).rejects.toThrow(/is not empty/);
});

test("begins a new feed only where there is a database", async () => {
  await expect(renewMongoEpoch(newAddress(), epoch)).rejects.toThrow(/no Holdfast database/);
});
