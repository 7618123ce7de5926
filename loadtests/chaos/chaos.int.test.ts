import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { startChaosStandalone } from "./chaos-standalone.ts";
import { clusterTroubles, redisFrozen, standaloneTroubles } from "./troubles.ts";

test("a cluster keeps every promise while each part is killed, frozen or emptied, and all at once", async () => {
  const cluster = await startChaosCluster();
  onTestFinished(() => cluster.stop());
  const urls = cluster.apis.map(({ url }) => url);
  const troubles = clusterTroubles(cluster).filter(({ name }) => name !== redisFrozen);
  const made: string[] = [];
  const { placed, audit } = await runChaos({ urls, troubles, shoppers: 4, log: (name) => made.push(name) });
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
  expect(made).toHaveLength(8);
}, 180_000);

test("a standalone keeps every promise while it is killed twelve times", async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-chaos-"));
  const standalone = await startChaosStandalone(folder);
  onTestFinished(async () => {
    await standalone.stop();
    rmSync(folder, { recursive: true });
  });
  const troubles = standaloneTroubles(standalone, 12);
  const urls = [standalone.url];
  const { placed, audit } = await runChaos({ urls, troubles, shoppers: 8, calmMs: 200, log: () => {} });
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
}, 120_000);
