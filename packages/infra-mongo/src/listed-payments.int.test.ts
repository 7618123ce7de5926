import { randomUUID } from "node:crypto";
import { isReadable, type ShownOrder } from "@holdfast/domain";
import { Migrations, StoreTime } from "@holdfast/engine";
import { confirm, create, orderId, place, refund, Shop } from "@holdfast/testing";
import { type Document, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { type Collections, collectionsOf } from "./collections.ts";
import { migrateMongo } from "./migrate-mongo.ts";
import { mongoMigrations } from "./migrations.ts";
import { MongoStore } from "./mongo-store.ts";
import { openMongo } from "./open-mongo.ts";

const url = inject("mongoUrl");

/** Those of the version before, which knows payments as a list in their order's document. */
const stepsBefore = new Migrations([...mongoMigrations].slice(0, 2));
const quick = { contractWaitMs: 1, documentsAtATime: 2 };

interface Served {
  readonly address: { readonly url: string; readonly databaseName: string };
  readonly shop: Shop;
  readonly collections: Collections;
  /** The documents of the orders, as they are stored. */
  documents(): Promise<Document[]>;
}

/** A database of the version before, opened by today's program while programs of that version may still serve. */
async function served(): Promise<Served> {
  const address = { url, databaseName: `listed-${randomUUID()}` };
  await (await openMongo(address, { ...quick, migrations: stepsBefore })).close();
  const client = new MongoClient(url);
  onTestFinished(() => client.close());
  const collections = collectionsOf(client, address.databaseName);
  return {
    address,
    collections,
    shop: await openShop(address),
    documents: () => collections.orders.find().sort({ _id: 1 }).toArray() as Promise<Document[]>,
  };
}

async function openShop(address: Served["address"]): Promise<Shop> {
  const database = await openMongo(address, quick);
  onTestFinished(() => database.close());
  return new Shop(database);
}

/** The same shop, served by a program that takes older ones to be running still. */
function listingShop(collections: Collections, { database }: Shop): Shop {
  const store = new MongoStore(collections, new StoreTime(), { listsPayments: () => true });
  onTestFinished(() => store.close());
  return new Shop({ ...database, store });
}

/** One order that was paid twice, refunded once; one that awaits its payment; one that was paid as it was placed. */
async function sell(shop: Shop): Promise<readonly ShownOrder[]> {
  await shop.ask(create("tea", 9));
  await shop.ask(place("o1", { tea: 1 }), place("o2", { tea: 1 }));
  await shop.ask(confirm("o1", "pay-1"));
  await shop.ask(confirm("o1", "pay-2"), confirm("o1", "pay-3"), refund("o1", "pay-2", "re-2"));
  await shop.ask(place("o3", { tea: 1 }), confirm("o3", "pay-1"), confirm("o3"));
  return Promise.all(["o1", "o2", "o3"].map((name) => shop.order(name)));
}

test("while older programs may serve, payments are written as the list that these know, and only so", async () => {
  const { shop, documents, collections } = await served();
  const [o1, o2, o3] = await sell(shop);
  const stored = await documents();
  expect(stored.map(({ payments }) => payments as unknown)).toEqual([o1?.payments, o2?.payments, o3?.payments]);
  expect(stored.filter((document) => "paymentCounts" in document)).toEqual([]);
  expect(stored[0]?.["payments"]).toMatchObject([
    { reference: "pay-1", outcome: "ON_TIME" },
    { reference: "pay-2", outcome: "REFUNDED", refund: { reference: "re-2" } },
    { reference: "pay-3", outcome: "REFUND_DUE" },
  ]);
  expect(stored[0]?.["unsoldOutcomes"]).toEqual(["REFUND_DUE", "REFUNDED"]);
  expect(await collections.payments.countDocuments()).toBe(0);
  expect(await shop.ask(confirm("o1", "pay-3"), refund("o1", "pay-2", "re-2"))).toEqual(["order_already_paid", "ok"]);
});

test("the contract takes every payment out of its order, and every answer stays what it was", async () => {
  const { address, shop, documents, collections } = await served();
  const before = await sell(shop);
  await migrateMongo(address, { ...quick, upTo: "newest" });
  expect(
    (await documents()).map(({ payments, paymentCounts }) => [payments as unknown, paymentCounts as unknown]),
  ).toEqual([
    [undefined, { ON_TIME: 1, REFUNDED: 1, REFUND_DUE: 1 }],
    [undefined, {}],
    [undefined, { ON_TIME: 1 }],
  ]);
  const ids = [1, 2, 3].map((number) => `${orderId("o1")}@${number}`);
  expect(await collections.payments.distinct("_id")).toEqual([...ids, `${orderId("o3")}@1`]);
  // The program that is open takes each document as it finds it; one that starts now writes none of the old form.
  for (const each of [shop, await openShop(address)]) {
    expect(await Promise.all(["o1", "o2", "o3"].map((name) => each.order(name)))).toEqual(before);
    expect(await each.ask(confirm("o1", "pay-3"), refund("o1", "pay-2", "re-2"))).toEqual(["order_already_paid", "ok"]);
  }
  const next = await openShop(address);
  expect(await next.ask(refund("o1", "pay-3"), confirm("o2", "pay-1"), place("o4", { tea: 1 }))).toEqual([
    "ok",
    "ok",
    "ok",
  ]);
  expect((await documents()).filter((document) => "payments" in document)).toEqual([]);
  expect(await collections.payments.countDocuments()).toBe(5);
  const due = await next.database.queries.orders({ unsoldOutcome: "REFUND_DUE" }, { limit: 9 });
  expect(due).toEqual([]);
});

test("an order keeps the form that it has until the contract comes to it, and is changed in that form", async () => {
  const { address, shop, documents, collections } = await served();
  await sell(shop);
  await migrateMongo(address, { ...quick, upTo: "newest" });
  // As a program that has not noticed the contract yet writes it.
  const late = await openShop(address);
  const listing = listingShop(collections, late);
  expect(await listing.ask(place("o5", { tea: 1 }), confirm("o5", "pay-1"))).toEqual(["ok", "ok"]);
  expect(await late.ask(confirm("o5", "pay-2"))).toEqual(["order_already_paid"]);
  expect((await documents()).at(-1)?.["payments"]).toMatchObject([{ reference: "pay-1" }, { reference: "pay-2" }]);
  expect((await late.order("o5")).payments).toHaveLength(2);
  expect(await collections.payments.countDocuments()).toBe(4);
});

test("an order whose list cannot be read stays as it is, and is reported, with the contract too", async () => {
  const { address, shop, documents, collections } = await served();
  await sell(shop);
  const broken = { $set: { "payments.1.at": "yesterday" } } as Document;
  await collections.orders.updateOne({ _id: orderId("o1") }, broken);
  for (const contract of [false, true]) {
    if (contract) await migrateMongo(address, { ...quick, upTo: "newest" });
    const opened = await openShop(address);
    expect(await opened.ask(confirm("o1", "pay-1"), confirm("o3", "pay-1"))).toEqual(["record_unreadable", "ok"]);
    const page = await opened.database.queries.orders({}, { limit: 9 });
    expect(page.map((found) => ("unreadable" in found ? found.unreadable.reason : isReadable(found)))).toEqual([
      true,
      true,
      "at must be an instant",
    ]);
  }
  expect((await documents()).map((document) => "payments" in document)).toEqual([true, false, false]);
});
