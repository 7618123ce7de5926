import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { LoadResult } from "../run-scenario.ts";
import { runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { startChaosDisk } from "./chaos-disk.ts";
import { startChaosStandalone } from "./chaos-standalone.ts";
import { diskTroubles } from "./disk-troubles.ts";
import { mongoCorruptions } from "./mongo-corruptions.ts";
import { recordTroubles } from "./record-troubles.ts";
import { sqliteCorruptions } from "./sqlite-corruptions.ts";
import { clusterTroubles, standaloneTroubles } from "./troubles.ts";

/** Past the first time-outs on the way to Redis; `pnpm chaos` outlasts them all. */
const frozenMs = 4_000;
const corruptMs = 500;

test("a cluster keeps every promise while each part is killed, frozen or emptied, and all at once", async () => {
  const cluster = await startChaosCluster();
  onTestFinished(() => cluster.stop());
  const urls = cluster.apis.map(({ url }) => url);
  const troubles = clusterTroubles(cluster, frozenMs);
  const made: string[] = [];
  const { placed, broken, audit, storm } = await runChaos({
    urls,
    troubles,
    shoppers: 4,
    stormers: 2,
    log: (name) => made.push(name),
  });
  expect(broken).toEqual([]);
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
  expectKept(storm);
  expect(made).toHaveLength(9);
}, 180_000);

test("a cluster sells everything else while a record cannot be read", async () => {
  const cluster = await startChaosCluster();
  onTestFinished(() => cluster.stop());
  const urls = cluster.apis.map(({ url }) => url);
  const all = mongoCorruptions(cluster.databaseUrl);
  const corruptions = {
    levels: all.levels.slice(0, 1),
    orders: all.orders.slice(0, 1),
    entries: all.entries.slice(0, 1),
  };
  const { placed, broken, audit, storm } = await runChaos({
    urls,
    troubles: recordTroubles({ urls, workerUrl: cluster.worker.url, corruptions }, corruptMs),
    shoppers: 4,
    stormers: 2,
    calmMs: 200,
    log: () => {},
  });
  expect(broken).toEqual([]);
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expectKept(storm);
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
  const { placed, broken, audit, storm } = await runChaos({
    urls,
    troubles,
    shoppers: 6,
    stormers: 2,
    calmMs: 200,
    log: () => {},
  });
  expect(broken).toEqual([]);
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
  expectKept(storm);
}, 120_000);

test("a standalone keeps every promise while its disk is locked, full, failing or out of descriptors, and while records cannot be read", async () => {
  const shop = await startChaosDisk();
  onTestFinished(() => shop.stop());
  const { url } = shop.app;
  const records = recordTroubles(
    { urls: [url], workerUrl: url, corruptions: sqliteCorruptions(shop.databasePath) },
    corruptMs,
  );
  const { placed, turnedAway, broken, audit, storm } = await runChaos({
    urls: [url],
    troubles: [...diskTroubles(shop, 1_500, 3_000), ...records],
    shoppers: 8,
    stormers: 2,
    calmMs: 300,
    log: () => {},
  });
  expect(broken).toEqual([]);
  expect(audit.breaches).toEqual([]);
  expect(audit.orders).toBe(placed);
  expect(placed).toBeGreaterThan(50);
  expect(turnedAway).toBeGreaterThan(10);
  expectKept(storm);
}, 120_000);

/** The answers that k6 got agree with the stock, order by order. */
function expectKept(storm: LoadResult): void {
  expect(storm.complaints).toEqual([]);
  expect(storm.audit.breaches).toEqual([]);
  expect(storm.audit.orders).toBe(storm.counts.placed);
  expect(storm.counts.placed).toBeGreaterThan(20);
  expect(storm.counts.replayed).toBeGreaterThan(20);
}
