import type { Command } from "@holdfast/domain";
import { Engine } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { newId, serveBenchApp } from "./serve-bench-app.ts";

// The service as it is usually written: one transaction per request. Each request reads the level, checks and writes in its own MongoDB
// transaction, concurrently with all others, and tries again after a conflict.

/** Long enough that requests of the hot SKU do not give up before their turn, and short enough to end soon after the round. */
const commitMsMax = 5_000;

const { store, queries, apiKeys } = await openMongo({ url: process.env["DATABASE_URL"] ?? "", readFirst: true });
let inFlight = 0;

const engine = {
  async submit<C extends Command>(command: C) {
    inFlight += 1;
    try {
      // An engine for each request: each commits alone, in a batch of one.
      return await new Engine({ store, newBatchId: newId, limits: { commitMsMax } }).submit(command);
    } finally {
      inFlight -= 1;
    }
  },
};

const app = await serveBenchApp({ engine, queries, apiKeys });
app.get("/bench/in-flight", (c) => c.json({ inFlight }));
