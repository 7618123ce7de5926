import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Instant, Sku } from "@holdfast/domain";
import { type JournalPlace, unreadableRecords } from "@holdfast/engine";
import { cancel, confirm, create, orderId, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

/** A shop with two orders, in a file that someone edits. */
async function openShop(edit = "") {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  await shop.ask(create("tea", 10), create("cup", 10), place("o1", { tea: 1 }), place("o2", { cup: 1 }));
  const editFile = (sql: string) => {
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
  };
  editFile(edit);
  return { shop: Object.assign(shop, { edit: editFile }), path };
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
  expect(page.map((order) => [order.id, "unreadable" in order])).toEqual([
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

test("a reservation that runs out at no time that a number holds hides no other", async () => {
  const { shop } = await openShop(`UPDATE orders SET expires_at = ${-(2n ** 60n)} WHERE id = ${o1}`);
  const due = await shop.database.queries.dueReservations(Number.MAX_SAFE_INTEGER as Instant, 9);
  expect(due.map((reservation) => reservation.orderId)).toEqual([orderId("o1"), orderId("o2")]);
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

const ahead = Date.now() + 9 * 365 * 86_400_000;

test("an entry that is dated years ahead takes no time along, and is reported", async () => {
  const { path } = await openShop(`UPDATE journal SET body = json_set(body, '$.at', ${ahead})`);
  const again = await openSqlite({ path });
  onTestFinished(() => again.close());
  const shop = new Shop(again);
  const [entry] = await again.queries.feed({ limit: 1 });
  const reported = { kind: "journal_entry", id: entry?.id };
  expect(again.doubtful).toMatchObject([reported]);
  expect(Math.abs((await again.queries.now()) - Date.now())).toBeLessThan(60_000);
  expect(await shop.ask(place("o3", { tea: 1 }))).toEqual(["ok"]);
  expect((await shop.order("o3")).placedAt).toBeLessThan(ahead);
  expect(await unreadableRecords(again.queries)).toMatchObject([reported]);
});

test("a ledger goes past an entry that is dated otherwise in its body, and comes to its end", async () => {
  const { shop } = await openShop();
  const { queries } = shop.database;
  for (const name of ["o3", "o4", "o5"]) await shop.ask(place(name, { tea: 1 }));
  const [, , middle] = await queries.feed({ limit: 3 });
  shop.edit(`UPDATE journal SET body = json_set(body, '$.at', ${ahead}) WHERE position = 3`);
  expect(await unreadableRecords(queries, "tea" as Sku)).toMatchObject([{ kind: "journal_entry", id: middle?.id }]);
  const ids: string[] = [];
  for (let after: JournalPlace | undefined; ids.length < 9; ) {
    const [entry] = await queries.journal("tea" as Sku, { limit: 1, ...(after && { after }) });
    if (entry === undefined) break;
    ids.push(entry.id);
    after = { at: entry.at, id: entry.id };
  }
  expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
});

test("a level that was deleted is reported, also where it is not asked for by name", async () => {
  const { shop } = await openShop("DELETE FROM levels WHERE sku = 'tea'");
  const { queries } = shop.database;
  const reported = [{ kind: "stock_level", id: "tea@main" }];
  expect(await unreadableRecords(queries)).toMatchObject(reported);
  expect(await unreadableRecords(queries, "tea" as Sku)).toMatchObject(reported);
  expect(await unreadableRecords(queries, "cup" as Sku)).toEqual([]);
  shop.edit(`INSERT INTO levels (sku, location_id, version, total_stock, reserved_stock, committed_stock, safety_stock, journal_id)
    SELECT 'tea', 'main', 2, 10, 1, 0, 0, id FROM journal WHERE body LIKE '%"tea"%' ORDER BY position DESC LIMIT 1`);
  expect([await unreadableRecords(queries), await shop.drift()]).toEqual([[], []]);
  expect(await shop.ask(confirm("o1"))).toEqual(["ok"]);
  shop.edit("DELETE FROM products WHERE sku = 'tea'");
  expect(await unreadableRecords(queries)).toMatchObject([{ kind: "product", id: "tea" }]);
});

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
