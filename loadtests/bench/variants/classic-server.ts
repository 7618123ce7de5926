import type { Command } from "@holdfast/domain";
import { Engine } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { newId, serveBenchApp } from "./serve-bench-app.ts";

// The service as it is usually written: one transaction per request. Each request reads the level, checks and writes in
// a MongoDB transaction of its own, side by side with all others, and tries again when another one was faster.

/** A round must not work on into the next one for long. Shorter, and the hot SKU's losers give up before their turn. */
const commitMsMax = 5_000;

const { store, queries, apiKeys } = await openMongo({ url: process.env["DATABASE_URL"] ?? "", readFirst: true });
let inFlight = 0;

const engine = {
  async submit<C extends Command>(command: C) {
    inFlight += 1;
    try {
      // An engine of its own for each request is a lane of its own, and a batch of one.
      return await new Engine({ store, newBatchId: newId, limits: { commitMsMax } }).submit(command);
    } finally {
      inFlight -= 1;
    }
  },
};

const app = await serveBenchApp({ engine, queries, apiKeys });
app.get("/bench/in-flight", (c) => c.json({ inFlight }));
