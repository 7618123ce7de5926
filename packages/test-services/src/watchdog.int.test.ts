import { expect, test } from "vitest";
import { addressOf } from "./fixtures/address-of.ts";
import { redisAnswers } from "./redis.ts";
import { type NodeApp, spawnNode } from "./spawn-node.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

type End = [how: string, end: (app: NodeApp) => unknown];

const ends: End[] = [
  ["is killed with SIGKILL", (app) => app.kill()],
  ["ends on SIGTERM", (app) => app.stop()],
  ["exits", (app) => process.kill(app.pid, "SIGUSR2")],
  ["dies of an exception", (app) => process.kill(app.pid, "SIGHUP")],
];

test.each(ends)("a server is gone when the process that started it %s", async (_how, end) => {
  const entry = "packages/test-services/src/fixtures/leaves-redis-behind.ts";
  const owner = await spawnNode({ entry, readyLine: "started" });
  const address = addressOf(/redis:\S+/.exec(owner.logs())?.[0] ?? "");
  await end(owner);
  await owner.exited;
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
