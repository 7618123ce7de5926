import { createHash, randomInt, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { CommandOf } from "@holdfast/domain";
import { type Store, StoreTime } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import type { Sizes } from "../sizes.ts";
import { orderOf, productOf, transactAll } from "./commands.ts";
import { plenty } from "./products.ts";

/** Ignored by git. Deleting it is always safe. */
const cacheFolder = resolve(import.meta.dirname, "../../../.services/bench");

const perBatch = 1_000;

/** Of five orders four are paid, and one is cancelled. */
const cancelledEvery = 5;

const yearMs = 365 * 24 * 3_600_000;

/**
 * The path of a SQLite file with the orders of a year, written through the store in batches. It is filled once and kept, so copy it before
 * use. After a change of the schema it is filled again.
 */
export async function agedDatabase({ agedOrders, agedSkus }: Pick<Sizes, "agedOrders" | "agedSkus">): Promise<string> {
  const file = join(cacheFolder, `aged-${agedOrders}-orders-${agedSkus}-skus-${await schemaName()}.db`);
  if (existsSync(file)) return file;
  await mkdir(cacheFolder, { recursive: true });
  const unfinished = `${file}.unfinished`;
  await removeDatabase(unfinished);
  const began = Date.now() - yearMs;
  let now = began;
  const database = await openSqlite({ path: unfinished, time: new StoreTime({ wall: () => now, steady: () => now }) });
  const skus = Array.from({ length: agedSkus }, agedSku);
  for (let from = 0; from < agedSkus; from += perBatch) {
    const some = skus.slice(from, from + perBatch);
    await transactAll(
      database.store,
      some.map((sku) => productOf(sku, plenty, now)),
      now,
    );
  }
  for (let placed = 0; placed < agedOrders; placed += perBatch) {
    now = Math.floor(began + (yearMs * (placed + 1)) / (agedOrders + perBatch));
    await sell(database.store, skus, Math.min(perBatch, agedOrders - placed), now);
  }
  // Leaves a single file, since the last connection to close copies the log into it.
  await database.close();
  await rename(unfinished, file);
  return file;
}

/** Orders that were placed and ended in one commit. */
async function sell(store: Store, skus: readonly string[], count: number, at: number): Promise<void> {
  const commands = Array.from({ length: count }, (_, index) => {
    const order = orderOf([skus[randomInt(skus.length)] ?? ""], { key: randomUUID(), at });
    const { actor, orderId } = order;
    const end: CommandOf<"ConfirmOrder"> | CommandOf<"CancelOrder"> =
      index % cancelledEvery === 0
        ? { type: "CancelOrder", actor, orderId }
        : { type: "ConfirmOrder", actor, orderId, paymentReference: `pay-${orderId}`, latePayment: "refund" };
    return [order, end];
  });
  await transactAll(store, commands.flat(), at);
}

/** Distinct, and in no particular order. */
function agedSku(_: unknown, index: number): string {
  return `${randomUUID().slice(0, 8)}-aged-${index}`;
}

/** A hash of the current tables and indexes. */
async function schemaName(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-schema-"));
  const path = join(folder, "empty.db");
  await (await openSqlite({ path })).close();
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare("SELECT sql FROM sqlite_schema ORDER BY name").all();
  db.close();
  await rm(folder, { recursive: true });
  return createHash("sha256").update(JSON.stringify(tables)).digest("hex").slice(0, 8);
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${path}${suffix}`, { force: true });
}
