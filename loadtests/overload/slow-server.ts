import { setTimeout as wait } from "node:timers/promises";
import { Engine, type Store } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { newId, serveBenchApp } from "../bench/variants/serve-bench-app.ts";

// The real app and engine on a slow database: a commit takes 50 ms, and some more for each order. Its capacity is some dozens of orders
// per second, so that a client on the same two cores can really send ten times as many.

const commitMs = 50;
const orderMs = 18;
/** The default limits, scaled down so that a batch and its wait fit into a test. */
const limits = { batchMax: 25, waitMsMax: 1_000 };

const { store, queries, apiKeys } = await openSqlite({ path: process.env["DATABASE_FILE"] ?? "" });

const slow: Store = {
  async transact(transaction) {
    await wait(commitMs + orderMs * transaction.commands.length);
    return await store.transact(transaction);
  },
};

await serveBenchApp({ engine: new Engine({ store: slow, newBatchId: newId, limits }), queries, apiKeys });
