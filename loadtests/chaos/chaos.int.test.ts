import { expect, onTestFinished, test } from "vitest";
import { runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { troubles } from "./troubles.ts";

/** Takes 15 s of doing nothing; `pnpm chaos` has it. */
const tooLong = "freeze Redis for 15 s";

test("keeps every promise while each part is killed, frozen or emptied, and all of it at once", async () => {
  const cluster = await startChaosCluster();
  onTestFinished(() => cluster.stop());
  const made: string[] = [];
  const { placed, audit } = await runChaos({
    cluster,
    troubles: troubles.filter(({ name }) => name !== tooLong),
    shoppers: 4,
    log: (name) => made.push(name),
  });
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
  expect(made).toHaveLength(8);
}, 180_000);
