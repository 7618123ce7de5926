import { expect, test } from "vitest";
import { addressOf } from "./fixtures/address-of.ts";
import { redisAnswers } from "./redis-ping.ts";
import { type NodeApp, spawnNode } from "./spawn-node.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

type End = [how: string, then: string, end: (app: NodeApp) => Promise<unknown>];

const ends: End[] = [
  ["is killed with SIGKILL", "wait", (app) => app.kill()],
  ["ends on SIGTERM", "wait", (app) => app.stop()],
  ["exits", "exit", (app) => app.exited],
  ["dies of an exception", "throw", (app) => app.exited],
];

test.each(ends)("a server is gone when the process that started it %s", async (_how, then, end) => {
  const owner = await spawnNode({
    entry: "packages/test-services/src/fixtures/leaves-redis-behind.ts",
    env: { THEN: then },
    readyLine: "started",
  });
  const address = addressOf(/redis:\S+/.exec(owner.logs())?.[0] ?? "");
  await end(owner);
  let last: unknown;
  await waitUntilReady({
    name: "the end of the server",
    msMax: 10_000,
    isReady: async () => {
      last = await redisAnswers(address).catch((error: unknown) => error);
      return last instanceof Error && last.message.includes("ECONNREFUSED");
    },
    isAlive: () => true,
    logs: () => String(last),
  });
  expect(last).toBeInstanceOf(Error);
});
