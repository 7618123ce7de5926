import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { entityNames } from "@holdfast/domain";
import type {} from "@holdfast/test-services";
import { cancel, claim, confirm, create, place } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, test } from "vitest";
import { openMongo } from "./open-mongo.ts";
import { ask, stockOf, transact, versionsOf } from "./testing/shop.ts";

const url = inject("mongoUrl");
const each = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i));

test("two stores that fight for one SKU never oversell it, and number its movements without a gap", async () => {
  const databaseName = `race-${randomUUID()}`;
  const stores = await Promise.all([openMongo({ url, databaseName }), openMongo({ url, databaseName })]);
  const [first] = stores;
  await ask(first, create("tea", 60));
  const lanes = stores.flatMap((store, s) =>
    each(3, async (lane) => {
      const words: string[] = [];
      for (let n = 0; n < 8; n += 1) {
        const name = `${s}-${lane}-${n}`;
        words.push(...(await ask(store, place(`${name}a`, { tea: 1 }), place(`${name}b`, { tea: 1 }))));
        if (n % 4 === 0) words.push(...(await ask(store, cancel(`${name}a`))));
      }
      return words;
    }),
  );
  const words = (await Promise.all(lanes)).flat();
  const versions = await versionsOf(first, "tea");
  const [, reserved] = (await stockOf(first, "tea")).split("/").map(Number);
  const orders = await first.queries.orders({ statuses: ["PENDING_PAYMENT"] }, { limit: 1_000 });
  expect(new Set(words)).toContain("insufficient_stock");
  expect(reserved).toBe(orders.length);
  expect(reserved).toBeLessThanOrEqual(60);
  expect(versions).toEqual(each(versions.length, (n) => versions.length - n));
  await Promise.all(stores.map((store) => store.close()));
});

test("makes one order of one key, also where the orders have nothing else in common", async () => {
  const database = await openMongo({ url, databaseName: `claim-${randomUUID()}` });
  const skus = each(12, (n) => `sku-${n}`);
  await ask(database, ...skus.map((sku) => create(sku, 1)), create("tea", 1));
  await ask(database, place("first", { tea: 1 }, claim("other")));
  const carts = skus.map((sku, n) => ask(database, place(`o${n}`, { [sku]: 1 }, claim("k"))));
  const words = (await Promise.all(carts)).flat();
  expect(words.sort()).toEqual(["ok", ...each(11, () => "replayed")]);
  expect(await database.queries.orders({}, { limit: 20 })).toHaveLength(2);
  await database.close();
});

test("several processes may open an empty database at once", async () => {
  const databaseName = `open-${randomUUID()}`;
  const module = new URL("./open-mongo.ts", import.meta.url).href;
  const script = `
    const { openMongo } = await import(${JSON.stringify(module)});
    const database = await openMongo(${JSON.stringify({ url, databaseName })});
    await database.queries.now();
    await database.close();
    console.log("opened");`;
  const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  const outputs = await Promise.all(each(4, run));
  expect(outputs.map(({ stdout }) => stdout)).toEqual(each(4, () => "opened\n"));
  const client = new MongoClient(url);
  const names = (await client.db(databaseName).listCollections().toArray()).map(({ name }) => name).sort();
  expect(names).toEqual([...entityNames, "apiKeys", "feed", "journal", "meta", "outbox"].sort());
  expect(await client.db(databaseName).collection("orders").indexes()).toHaveLength(9);
  await client.close();
});

test("decides a batch that needs more than one page of everything", async () => {
  const database = await openMongo({ url, databaseName: `pages-${randomUUID()}` });
  const skus = each(120, (n) => `sku-${n}`);
  const placed = skus.map((sku, n) => place(`o${n}`, { [sku]: 1, "sku-0": 1 }, claim(`k${n}`)));
  const all = (word: string) => each(120, () => word);
  expect(await ask(database, ...skus.map((sku) => create(sku, 200, claim(`p-${sku}`))))).toEqual(all("ok"));
  expect(await ask(database, ...placed)).toEqual(all("ok"));
  expect(await ask(database, ...placed)).toEqual(all("replayed"));
  expect(await ask(database, ...each(120, (n) => confirm(`o${n}`)))).toEqual(all("ok"));
  expect([await stockOf(database, "sku-0"), await stockOf(database, "sku-119")]).toEqual(["200/0/120", "200/0/1"]);
  await database.close();
});

test("distinguishes a batch whose id is taken from one that lost a race", async () => {
  const database = await openMongo({ url, databaseName: `taken-${randomUUID()}` });
  await ask(database, create("tea", 5), place("o1", { tea: 1 }));
  const [again, race] = await Promise.all([
    transact(database, [place("o1", { tea: 1 })]),
    transact(database, [place("o2", { tea: 1 })]),
  ]);
  expect(again).toMatchObject({ kind: "not_committed", transient: false });
  expect(race.kind).toBe("committed");
  await database.close();
});
