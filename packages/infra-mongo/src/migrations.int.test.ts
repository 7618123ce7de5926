import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Migrations } from "@holdfast/engine";
import { spawnNode } from "@holdfast/test-services";
import { create, place } from "@holdfast/testing";
import { type Document, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { type Collections, collectionsOf } from "./collections.ts";
import { migrateMongo } from "./migrate-mongo.ts";
import { type MongoMigration, mongoMigrations } from "./migrations.ts";
import { openMongo } from "./open-mongo.ts";
import type { MigrateOptions } from "./set-up-database.ts";
import { ask } from "./testing/shop.ts";

const url = inject("mongoUrl");

// Made-up steps behind the real ones.
const now = mongoMigrations.newest.version;

/** Marks every order that has no mark, a batch at a time. */
function markOrders(before: () => Promise<void> = async () => {}): MongoMigration {
  return {
    version: now + 1,
    name: "marks",
    kind: "expand",
    run: ({ collections: { orders }, eachBatch }) =>
      eachBatch(orders, async (documents) => {
        await before();
        const ids = documents.map(({ _id }) => _id);
        await orders.updateMany({ _id: { $in: ids }, mark: { $exists: false } } as Document, { $set: { mark: 1 } });
      }),
  };
}

const dropMarks: MongoMigration = {
  version: now + 2,
  name: "marks",
  kind: "contract",
  compatibleFrom: now + 1,
  run: async ({ collections: { orders } }) => void (await orders.updateMany({}, { $unset: { mark: "" } })),
};
const expandOnly = withReal(markOrders());
const withContract = withReal(markOrders(), dropMarks);

const quick = { documentsAtATime: 5, contractWaitMs: 1 };

function withReal(...steps: readonly MongoMigration[]): Migrations<MongoMigration> {
  return new Migrations([...mongoMigrations, ...steps]);
}

interface OldDatabase {
  readonly address: { readonly url: string; readonly databaseName: string };
  readonly collections: Collections;
  /** Inserts orders as the version before does, which knows nothing of marks. */
  insertOrders(from: number, to: number): Promise<void>;
  marked(): Promise<number>;
  schema(): Promise<Document | null>;
}

/** A database as version 3 leaves it: it says nothing of its version. */
async function oldDatabase(orders: number): Promise<OldDatabase> {
  const address = { url, databaseName: `migrations-${randomUUID()}` };
  const client = new MongoClient(url);
  onTestFinished(() => client.close());
  const database = await openMongo(address);
  await ask(database, create("tea", 10), place("o1", { tea: 1 }));
  await database.close();
  const collections = collectionsOf(client, address.databaseName);
  await collections.meta.deleteOne({ _id: "schema" });
  const order = await collections.orders.findOne({});
  const old: OldDatabase = {
    address,
    collections,
    async insertOrders(from, to) {
      const ids = Array.from({ length: to - from }, (_, index) => `ord_${String(from + index).padStart(26, "0")}`);
      const documents = ids.map((_id) => ({ ...order, _id, claim: { key: _id, fingerprint: "f" } }));
      await collections.orders.insertMany(documents as never[]);
    },
    marked: () => collections.orders.countDocuments({ mark: 1 } as Document),
    schema: () => collections.meta.findOne({ _id: "schema" }),
  };
  await collections.orders.deleteMany({});
  await old.insertOrders(0, orders);
  return old;
}

async function open({ address }: Pick<OldDatabase, "address">, options: MigrateOptions) {
  const database = await openMongo(address, { ...quick, ...options });
  onTestFinished(() => database.close());
  return database;
}

test("a database that does not say its version is of version 3, and is migrated", async () => {
  const old = await oldDatabase(3);
  await open(old, { migrations: withContract });
  expect([await old.schema(), await old.marked()]).toEqual([
    { _id: "schema", version: now + 1, compatibleFrom: mongoMigrations.newest.compatibleFrom, migrating: {} },
    3,
  ]);
});

test("an empty database is new, and one with documents and no epoch is not", async () => {
  const fresh = { address: { url, databaseName: `migrations-${randomUUID()}` } };
  await open(fresh, { migrations: withContract, mayMigrate: false });
  const old = await oldDatabase(2);
  await old.collections.meta.deleteMany({});
  await open(old, { migrations: expandOnly });
  expect(await old.marked()).toBe(2);
});

test("of several processes that start at once, one migrates and the others wait for it", async () => {
  const old = await oldDatabase(12);
  const began: string[] = [];
  let batches = 0;
  const counted = withReal(
    markOrders(async () => {
      batches += 1;
    }),
  );
  const starts = ["a", "b", "c"].map((name) =>
    open(old, { migrations: counted, onStep: () => began.push(name) }).then(() => old.marked()),
  );
  expect(await Promise.all(starts)).toEqual([12, 12, 12]);
  expect([new Set(began).size, batches]).toEqual([1, 3]);
});

test("what a killed process holds is taken over when its lease has ended, and gone on with where it stopped", async () => {
  const old = await oldDatabase(12);
  const { databaseName } = old.address;
  const entry = fileURLToPath(new URL("./testing/migrator.ts", import.meta.url));
  const migrator = await spawnNode({ entry, arguments: [url, databaseName], readyLine: "in the middle" });
  onTestFinished(() => migrator.kill());
  const batches: number[] = [];
  const counted = withReal(markOrders(async () => void batches.push(await old.marked())));
  const opened = open(old, { migrations: counted });
  // The other process lives, and renews its lease.
  await wait(2_000);
  expect([batches, await old.marked()]).toEqual([[], 5]);
  await migrator.kill();
  await opened;
  expect([batches, await old.marked()]).toEqual([[5, 10], 12]);
});

test("a process that stood still for longer than its lease migrates no further", async () => {
  const old = await oldDatabase(12);
  let other: Promise<unknown> | undefined;
  const stalls = withReal(
    markOrders(async () => {
      if (other !== undefined) return;
      // Another process has the lock when this one goes on.
      await old.collections.meta.updateOne({ _id: "schema" }, { $set: { "migrating.until": 0 } });
      other = open(old, { migrations: expandOnly });
      await other;
    }),
  );
  await expect(openMongo(old.address, { ...quick, migrations: stalls })).rejects.toThrow(/another process has taken/);
  expect([await old.marked(), (await old.schema())?.["version"]]).toEqual([12, now + 1]);
});

test("orders that the version before inserts meanwhile are met", async () => {
  const old = await oldDatabase(6);
  let inserted = 6;
  const migrations = withReal(
    markOrders(async () => {
      if (inserted > 20) return;
      await old.insertOrders(inserted, inserted + 3);
      inserted += 3;
    }),
  );
  await open(old, { migrations });
  expect([await old.marked(), inserted]).toEqual([inserted, 21]);
});

test("a second run changes nothing", async () => {
  const old = await oldDatabase(3);
  await open(old, { migrations: expandOnly });
  const steps: string[] = [];
  await open(old, { migrations: expandOnly, onStep: ({ name }) => steps.push(name) });
  await old.collections.meta.updateOne({ _id: "schema" }, { $set: { version: 3 } });
  await open(old, { migrations: expandOnly });
  expect([steps, await old.marked()]).toEqual([[], 3]);
});

test("a contract waits until it is asked for, and raises first who may still write", async () => {
  const old = await oldDatabase(2);
  const states: unknown[] = [];
  const migrations = withReal(markOrders(), { ...dropMarks, run: async () => void states.push(await old.schema()) });
  const asked = { ...quick, migrations };
  expect(await migrateMongo(old.address, asked)).toMatchObject({
    to: { version: now + 1 },
    waiting: [{ version: now + 2 }],
  });
  expect(await migrateMongo(old.address, { ...asked, upTo: "newest" })).toMatchObject({
    to: { version: now + 2, compatibleFrom: now + 1 },
    waiting: [],
  });
  expect(states).toMatchObject([{ version: now + 1, compatibleFrom: now + 1 }]);
});

test("a command line that must not migrate is refused, and changes nothing", async () => {
  const old = await oldDatabase(2);
  await expect(openMongo(old.address, { migrations: expandOnly, mayMigrate: false })).rejects.toMatchObject({
    name: "Misconfigured",
    message: expect.stringMatching(/is of version 3, and this program needs \d+.*pnpm migrate/),
  });
  expect([await old.schema(), await old.marked()]).toEqual([null, 0]);
});

test("a newer database opens where it is compatible, and is refused for good where it is not", async () => {
  const old = await oldDatabase(2);
  await open(old, { migrations: expandOnly });
  await open(old, {});
  await migrateMongo(old.address, { ...quick, migrations: withContract, upTo: "newest" });
  const refused = { name: "Misconfigured", message: expect.stringMatching(/newer version of Holdfast.*one knows \d+/) };
  await expect(openMongo(old.address)).rejects.toMatchObject(refused);
  await expect(migrateMongo(old.address, {})).rejects.toMatchObject(refused);
});

test("every product gets its version, with the contract also those that version 3 created meanwhile", async () => {
  const old = await oldDatabase(1);
  const { products } = old.collections;
  const asVersion3 = () => products.updateMany({}, { $unset: { version: "" } } as Document);
  await asVersion3();
  // The contract waits, as it did in the version that brought these two steps.
  const migrations = new Migrations([...mongoMigrations].slice(0, 2));
  await (await openMongo(old.address, { ...quick, migrations })).close();
  expect(await products.findOne({})).toMatchObject({ version: 1 });
  await asVersion3();
  await migrateMongo(old.address, { ...quick, upTo: "newest" });
  expect(await products.findOne({})).toMatchObject({ version: 1 });
});

test("every product that was created without has its SKU taken by the contract, and two that differ by case stay", async () => {
  const old = await oldDatabase(1);
  const { products, takenSkus } = old.collections;
  const [tea] = await products.find().toArray();
  if (tea === undefined) throw new Error("the database has a product");
  await takenSkus.deleteMany({});
  await products.insertOne({ ...tea, _id: tea._id.toUpperCase() as typeof tea._id, claim: undefined } as never);
  await migrateMongo(old.address, { ...quick, upTo: "newest" });
  expect(await takenSkus.find().toArray()).toEqual([{ _id: tea._id, sku: tea._id.toUpperCase() }]);
  const database = await openMongo(old.address, quick);
  expect(await ask(database, create(`${tea._id.slice(0, 1).toUpperCase()}${tea._id.slice(1)}`, 1))).toEqual([
    "sku_differs_by_case",
  ]);
  await database.close();
});
