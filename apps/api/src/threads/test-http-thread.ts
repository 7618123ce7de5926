import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { threadId, workerData } from "node:worker_threads";
import type { Command } from "@holdfast/domain";
import { Hono } from "hono";
import { runHttpThread } from "./http-thread.ts";

// A thread of `http-threads.test.ts`.

const { refusesToOpen = false } = workerData as { readonly refusesToOpen?: boolean };

runHttpThread(async ({ engine, rateLimiter, health, metrics, onKeysChanged }, desk) => {
  if (refusesToOpen) throw new Error("it does not open");
  let changes = 0;
  onKeysChanged?.(() => {
    changes += 1;
  });
  const app = new Hono()
    .get("/thread", (c) => c.json(threadId))
    .get("/slow", async (c) => {
      await wait(200);
      return c.json(threadId);
    })
    .get("/command", async (c) => c.json(await engine.submit({ type: "PlaceOrder" } as Command)))
    .get("/take", async (c) => c.json(await rateLimiter.take("till", 5)))
    .get("/health", async (c) => c.json(await Promise.all(health.map((check) => check.trouble()))))
    .get("/change", async (c) => c.json(await desk.ask("keysChanged")))
    .get("/changes", (c) => c.json(changes))
    .get("/observe", (c) => {
      metrics?.observeRequest("GET", "/observe", 200, 0.001);
      return c.json(null);
    })
    .get("/metrics", async (c) => c.text((await metrics?.page())?.text ?? ""))
    .get("/die", () => process.exit(3))
    .onError(({ name, message }, c) => c.json({ name, message }));
  return { app, close: () => {} };
});
