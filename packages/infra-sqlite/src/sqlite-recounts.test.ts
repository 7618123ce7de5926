import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { mainLocation, type Sku, type Trust } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import { adjust, confirm, create, orderId, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

const level = { sku: "tea" as Sku, locationId: mainLocation };

/** A file in which two orders of tea and two adjustments are folded, and one order is open. */
async function openFolded() {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const database = await openSqlite({ path });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  await shop.ask(create("tea", 20), adjust("a1", "tea", 5), place("o1", { tea: 2 }), place("o2", { tea: 1 }));
  await shop.ask(confirm("o1"), confirm("o2"), place("o3", { tea: 4 }));
  expect(await database.folds.foldOn(level)).toBe(true);
  const edit = (sql: string, ...values: string[]) => {
    const other = new DatabaseSync(path);
    other.prepare(sql).run(...values);
    other.close();
  };
  const recount = async (trust?: Trust) => {
    const [found] = await database.queries.recounts({ sku: level.sku, ...(trust && { trust }) }, { limit: 1 });
    if (found === undefined) throw new Error("there is no tea");
    const { sources, foldIsWrong = false } = readable(found);
    return { ...sources, foldIsWrong };
  };
  return { shop, edit, recount };
}

const sound = { totalStock: 25, reservedStock: 4, committedStock: 3, foldIsWrong: false };

test.each([
  ["a folded order's units", "UPDATE order_lines SET quantity = 7 WHERE order_id = ?", { committedStock: 8 }],
  ["a folded order's status", "UPDATE orders SET status = 'EXPIRED' WHERE id = ?", { committedStock: 1 }],
  ["that there was a folded order", "DELETE FROM order_lines WHERE order_id = ?", { committedStock: 1 }],
  [
    "all folded adjustments",
    "UPDATE adjustments SET delta = delta + 1 WHERE sku = 'tea' AND id != ?",
    { totalStock: 27 },
  ],
])("a recount that trusts no fold finds an edit of %s", async (_what, sql, expected) => {
  const { shop, edit, recount } = await openFolded();
  edit(sql, orderId("o1"));
  expect(await recount("unless drift")).toEqual(sound);
  expect(await recount()).toEqual({ ...sound, ...expected, foldIsWrong: true });
  expect(await shop.drift()).toHaveLength(1);
});

test("a recount by a fold sees an edit of an order that is not in it", async () => {
  const { edit, recount } = await openFolded();
  edit("UPDATE order_lines SET quantity = 7 WHERE order_id = ?", orderId("o3"));
  expect(await recount("always")).toEqual({ ...sound, reservedStock: 7 });
});
