import { randomUUID } from "node:crypto";
import { type Command, decideBatch, type Sku } from "@holdfast/domain";
import { type Commit, type Database, movementPage, readable } from "@holdfast/engine";
import { wordOf } from "@holdfast/testing";
import { MongoClient } from "mongodb";

/** An id that no other test or store takes: 26 characters that sort by time. */
export function freshId(): string {
  return (Date.now().toString(36).padStart(10, "0") + randomUUID().replaceAll("-", "")).slice(0, 26).toUpperCase();
}

/** Commits commands as one batch. */
export function transact(database: Database, commands: readonly Command[], timeoutMs = 20_000): Promise<Commit> {
  return database.store.transact({ id: freshId(), commands, decide: decideBatch, timeoutMs });
}

/** The outcome of each command of a batch, in one word. Fails if the batch is not committed. */
export async function ask(database: Database, ...commands: readonly Command[]): Promise<string[]> {
  const commit = await transact(database, commands);
  if (commit.kind !== "committed") throw new Error(`the batch is ${commit.kind}`, { cause: commit.cause });
  return commit.batch.outcomes.map(wordOf);
}

/** `total/reserved/committed` of a SKU at `main`. */
export async function stockOf({ queries }: Database, sku: string): Promise<string> {
  const level = (await queries.product(sku as Sku))?.levels[0];
  return level ? [level.totalStock, level.reservedStock, level.committedStock].join("/") : "none";
}

/** The versions in a SKU's ledger, newest first. */
export async function versionsOf({ queries }: Database, sku: string): Promise<number[]> {
  return (await movementPage(queries, sku as Sku, { limit: 10_000 })).map(
    ({ movement }) => readable(movement).after.version,
  );
}

/** Makes a server fail commands while `run` runs, as MongoDB's own `failCommand` does. */
export async function withFailingCommand<T>(
  url: string,
  data: {
    readonly failCommands: readonly string[];
    readonly closeConnection?: true;
    /** Only commands of clients by this name. */
    readonly appName?: string;
    readonly errorCode?: number;
    readonly errorLabels?: readonly string[];
    readonly writeConcernError?: { readonly code: number; readonly errmsg: string };
  },
  mode: "alwaysOn" | { readonly times: number } | { readonly skip: number },
  run: () => Promise<T>,
): Promise<T> {
  const client = new MongoClient(url);
  try {
    await client.db("admin").command({ configureFailPoint: "failCommand", mode, data });
    return await run();
  } finally {
    await client.db("admin").command({ configureFailPoint: "failCommand", mode: "off" });
    await client.close();
  }
}
