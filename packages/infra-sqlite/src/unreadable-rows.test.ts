import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Instant, type Sku, Unreadable } from "@holdfast/domain";
import { unreadableRecords } from "@holdfast/engine";
import { ContractShop, cancel, confirm, create, orderId, place } from "@holdfast/store-contract";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

/** A shop with two orders, in a file that someone edits. */
async function openShop(edit = "") {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  onTestFinished(() => database.close());
  const shop = new ContractShop(database);
  await shop.ask(create("tea", 10), create("cup", 10), place("o1", { tea: 1 }), place("o2", { cup: 1 }));
  const db = new DatabaseSync(path);
  db.exec(edit);
  db.close();
  return { shop, path };
}

const o1 = `'${orderId("o1")}'`;

test.each([
  ["is no JSON", `UPDATE orders SET body = '{"id"' WHERE id = ${o1}`],
  ["is the JSON of nothing", `UPDATE orders SET body = 'null' WHERE id = ${o1}`],
  ["is of another version than its columns", `UPDATE orders SET version = 7 WHERE id = ${o1}`],
  ["has ended in its body alone", `UPDATE orders SET body = json_set(body, '$.status', 'EXPIRED') WHERE id = ${o1}`],
  ["has a version that no number holds", `UPDATE orders SET version = ${2n ** 60n} WHERE id = ${o1}`],
])("an order that %s keeps no other from being sold or listed", async (_what, edit) => {
  const { shop } = await openShop(edit);
  expect(await shop.ask(cancel("o1"), confirm("o2"), place("o3", { tea: 1 }))).toEqual([
    "record_unreadable",
    "ok",
    "ok",
  ]);
  const page = await shop.database.queries.orders({}, { limit: 9 });
  expect(page.map((order) => [order.id, order instanceof Unreadable])).toEqual([
    [orderId("o3"), false],
    [orderId("o2"), false],
    [orderId("o1"), true],
  ]);
  expect(await unreadableRecords(shop.database.queries, "tea" as Sku)).toMatchObject([{ id: orderId("o1") }]);
});

test("a level that no number holds stops itself, and no other level's recount", async () => {
  const { shop } = await openShop(`UPDATE levels SET total_stock = ${2n ** 60n} WHERE sku = 'tea'`);
  expect(await shop.ask(place("o3", { tea: 1 }), place("o4", { cup: 1 }))).toEqual(["record_unreadable", "ok"]);
  expect(await shop.drift()).toEqual(["stock_level tea@main: totalStock must be a whole number, 0 or more"]);
});

test.each([
  ["that no number holds", `UPDATE order_lines SET quantity = ${2n ** 60n} WHERE sku = 'tea'`],
  [
    "past all that SQLite adds up",
    `UPDATE adjustments SET delta = ${2n ** 63n - 1n} WHERE sku = 'tea';
    INSERT INTO adjustments (id, sku, location_id, delta, body) VALUES ('adj_x', 'tea', 'main', 5, '{}')`,
  ],
])("a sum %s costs that level's comparison alone", async (_what, edit) => {
  const { shop } = await openShop(edit);
  expect(await shop.drift()).toEqual(["tally tea@main: its orders or adjustments add up to no whole number"]);
  expect(await shop.ask(place("o3", { tea: 1 }))).toEqual(["ok"]);
});

test("a hold that runs out at no time that a number holds hides no other", async () => {
  const { shop } = await openShop(`UPDATE orders SET expires_at = ${-(2n ** 60n)} WHERE id = ${o1}`);
  const due = await shop.database.queries.dueHolds(Number.MAX_SAFE_INTEGER as Instant, 9);
  expect(due.map((hold) => hold.orderId)).toEqual([orderId("o1"), orderId("o2")]);
});

test.each(["UPDATE journal SET body = '{'", `UPDATE journal SET body = json_set(body, '$.at', 'now')`])(
  "a file whose newest entry cannot be read opens, and goes by the clock: %s",
  async (edit) => {
    const { path } = await openShop(edit);
    const again = await openSqlite({ path });
    onTestFinished(() => again.close());
    expect(Math.abs((await again.queries.now()) - Date.now())).toBeLessThan(60_000);
  },
);

test("an API key that is no JSON opens nothing, keeps no other out, and can be revoked", async () => {
  const { shop, path } = await openShop();
  const { apiKeys } = shop.database;
  const record = { hash: "#", scopes: ["admin"], createdAt: 5, createdBy: "ops" };
  await apiKeys.create({ ...record, id: "key_a", name: "a" } as never);
  await apiKeys.create({ ...record, id: "key_b", name: "b" } as never);
  const db = new DatabaseSync(path);
  db.exec("UPDATE api_keys SET body = '{' WHERE id = 'key_a'");
  db.close();
  expect((await apiKeys.live()).keys.map(({ id }) => id)).toEqual(["key_b"]);
  expect(await apiKeys.revoke("key_a" as never, 9 as Instant)).toMatchObject({ kind: "api_key", id: "key_a" });
  expect((await apiKeys.live()).unreadable).toEqual([]);
});
