import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { create, place, Shop } from "@holdfast/testing";
import { afterAll, onTestFinished } from "vitest";
import { openSqlite } from "./open-sqlite.ts";

/** A folder of the test's own. */
export function newFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A folder of a whole file of tests: what takes long to make is made there once. */
export function sharedFolder(): string {
  const folder = makeFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "holdfast-files-"));
}

/** Does something with a shop on a file. */
export async function withShop<T>(path: string, run: (shop: Shop) => Promise<T>): Promise<T> {
  const database = await openSqlite({ path });
  try {
    return await run(new Shop(database));
  } finally {
    await database.close();
  }
}

/** Makes a shop with a number of orders of tea, one a commit, and closes it. */
export function makeShop(path: string, orders: number): Promise<void> {
  return withShop(path, async (shop) => {
    await shop.ask(create("tea", 10_000));
    await placeOrders(shop, 0, orders);
  });
}

export async function placeOrders(shop: Shop, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) await shop.ask(place(`o${n}`, { tea: 1 }));
}

/** Continues a shop, and copies to `image` what a killed process leaves: the file and its log. */
export function killShop(path: string, image: string, from: number, to: number): Promise<void> {
  return withShop(path, async (shop) => {
    await placeOrders(shop, from, to);
    for (const end of ["", "-wal"]) copyFileSync(path + end, image + end);
  });
}

/** How many orders a database holds, and where its feed ends. */
export function stateOf(path: string): string {
  const { orders, position } = readRow(
    path,
    "SELECT (SELECT count(*) FROM orders) AS orders, max(position) AS position FROM journal",
  );
  return `${orders} orders, ${position} commits`;
}

export function epochOf(path: string): unknown {
  return readRow(path, "SELECT value FROM meta WHERE name = 'epoch'")["value"];
}

function readRow(path: string, sql: string) {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare(sql).get() ?? {};
  } finally {
    db.close();
  }
}

/** Copies a database, its log included, into a folder of the test's own. */
export function copyOf(path: string): string {
  const copy = join(newFolder(), "shop.db");
  for (const end of ["", "-wal"]) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  return copy;
}

/** The bytes of a file and of its log. */
export function bytesOf(path: string): (Buffer | undefined)[] {
  return [path, `${path}-wal`].map((file) => (existsSync(file) ? readFileSync(file) : undefined));
}

/** The files in a folder, without the locks, which are empty. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.endsWith("-lock"));
}
