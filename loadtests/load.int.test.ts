import { randomBytes } from "node:crypto";
import { startRedis } from "@holdfast/test-services";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startCluster, withDatabase } from "./deployments/cluster.ts";
import type { Deployment } from "./deployments/deployment.ts";
import { startEdge } from "./deployments/edge.ts";
import { startStandalone } from "./deployments/standalone.ts";
import { loadReport } from "./load-report.ts";
import { runScenario, type ScenarioRun } from "./run-scenario.ts";

/** Enough for a run that waits for every reservation to run out, on a busy machine. */
const runMsMax = 150_000;

describe.each([
  ["standalone", startStandalone],
  ["the edge", startEdge],
  ["MongoDB and Redis, two APIs and a worker", startFreshCluster],
])("on %s", (_name, start) => {
  let deployment: Deployment | undefined;

  beforeAll(async () => {
    deployment = await start();
  });
  afterAll(() => deployment?.stop());

  /** Runs a scenario and expects that it finds nothing wrong. */
  async function run(name: ScenarioRun["name"], sizes: Readonly<Record<string, number>>) {
    const result = await runScenario({ name, sizes, urls: deployment?.urls ?? [], apiKey: deployment?.apiKey });
    expect(result.audit.breaches, loadReport(result)).toEqual([]);
    expect(result.complaints, loadReport(result)).toEqual([]);
    return { ...result.counts, availableStock: result.audit.availableStock, orders: result.audit.orders };
  }

  test("flash-sale: 300 buyers, 100 units, 100 orders", { timeout: runMsMax }, async () => {
    const outcome = await run("flash-sale", { BUYERS: 300, STOCK: 100 });
    expect(outcome).toMatchObject({ placed: 100, refused: 200, confirmed: 100, orders: 100, availableStock: 0 });
  });

  test("crossing-carts: whole carts or none, and no deadlock", { timeout: runMsMax }, async () => {
    const { placed, refused, orders } = await run("crossing-carts", { BUYERS: 150, STOCK: 40, AT_ONCE: 50 });
    expect(placed + refused).toBe(150);
    expect(orders).toBe(placed);
    // Otherwise the test would prove nothing.
    expect(refused).toBeGreaterThan(0);
  });

  test("abandoned-carts: unpaid stock comes back", { timeout: runMsMax }, async () => {
    const outcome = await run("abandoned-carts", { BUYERS: 20, STOCK: 30, ABANDONERS: 60, HOLD_SECONDS: 1 });
    expect(outcome).toMatchObject({ confirmed: 20, gaveUp: 0, availableStock: 10 });
    expect(outcome.placed).toBeGreaterThan(outcome.confirmed);
  });

  test("retry-storm: one order per key", { timeout: runMsMax }, async () => {
    const outcome = await run("retry-storm", { BUYERS: 60, STOCK: 40, COPIES: 3 });
    expect(outcome).toMatchObject({ placed: 40, refused: 20, replayed: 120, orders: 40, availableStock: 0 });
  });
});

async function startFreshCluster(): Promise<Deployment> {
  // A Redis of its own: otherwise workers of other tests take its wake-ups.
  const redis = await startRedis();
  const mongoUrl = withDatabase(inject("mongoUrl"), `load-${randomBytes(6).toString("hex")}`);
  try {
    const cluster = await startCluster({ mongoUrl, redisUrl: redis.url, apis: 2 });
    return { ...cluster, stop: () => cluster.stop().finally(() => redis.stop()) };
  } catch (error) {
    await redis.stop();
    throw error;
  }
}
