import { mainLocation, type Sku } from "@holdfast/domain";
import { type Database, Engine, reservationHints } from "@holdfast/engine";
import { Registry, workerMetrics } from "@holdfast/metrics";
import { InProcessWakeups } from "@holdfast/scheduler";
import { place, TimedShop } from "@holdfast/testing";
import { expect, test } from "vitest";
import { createWorker, type Worker, type WorkerParts } from "./create-worker.ts";

async function setUp(changed: (shop: TimedShop) => Partial<WorkerParts> = () => ({})) {
  const shop = await new TimedShop().open();
  const worker = createWorker({
    database: shop.database,
    cache: shop.cache,
    logger: shop.logger,
    newBatchId: shop.newBatchId,
    sweepIntervalMs: 5_000,
    timers: shop.time,
    ...changed(shop),
  });
  shop.time.settled = () => runsEnded(worker);
  return { shop, worker };
}

/** Waits until the number of runs stands still over a commit's worth of turns of the event loop. */
async function runsEnded(worker: Worker): Promise<void> {
  for (let before = -1, quiet = 0; quiet < 20; quiet += 1) {
    const runs = Object.values(worker.loops).reduce((sum, { ok, failed }) => sum + ok + failed, 0);
    if (runs !== before) quiet = 0;
    before = runs;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("without wake-ups a reservation placed after a sweep is released late by one interval at most, and never early", async () => {
  const { shop, worker } = await setUp();
  await worker.start();
  await shop.time.pass(0);
  const names: string[] = [];
  // Reservations of 1 to 9 seconds, placed at all sorts of moments between two rounds.
  for (let index = 0; index < 60; index += 1) {
    names.push(...(await shop.hold(1 + (index % 9), `h${index}`)));
    await shop.time.pass(137);
  }
  await shop.time.pass(15_000);
  const latenesses = await Promise.all(names.map((name) => shop.lateness(name)));
  expect(Math.min(...latenesses)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...latenesses)).toBeLessThanOrEqual(5_000);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  await worker.stop();
});

test("with wake-ups every reservation is released within milliseconds", async () => {
  const { shop, worker } = await setUp((shop) => ({ listener: wakeupsOf(shop) }));
  const engine = new Engine({
    store: shop.database.store,
    newBatchId: shop.newBatchId,
    afterCommit: reservationHints(shop.cache, wakeupsOf(shop)),
  });
  await worker.start();
  await shop.time.pass(0);
  const names = Array.from({ length: 60 }, (_, index) => `h${index}`);
  for (const [index, name] of names.entries()) {
    await engine.submit(place(name, { mug: 1 }, { holdSeconds: 1 + (index % 9) }));
    await shop.time.pass(137);
  }
  await shop.time.pass(10_000);
  const latenesses = await Promise.all(names.map((name) => shop.lateness(name)));
  expect(Math.min(...latenesses)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...latenesses)).toBeLessThanOrEqual(20);
  expect(shop.cache.dropped).toHaveLength(60);
  await worker.stop();
  expect(shop.time.waiting).toBe(0);
});

/** The one in-process wake-up line of a shop. */
const wakeups = new WeakMap<TimedShop, InProcessWakeups>();
function wakeupsOf(shop: TimedShop): InProcessWakeups {
  const made = wakeups.get(shop) ?? new InProcessWakeups(shop.time.instant, shop.time);
  wakeups.set(shop, made);
  return made;
}

test("through a database that is away for a minute it stays up, and makes up for it within one interval", async () => {
  let away = false;
  const { shop, worker } = await setUp((shop) => ({ database: failing(shop.database, () => away) }));
  await worker.start();
  await shop.hold(3, "a", "b");
  away = true;
  await shop.time.pass(60_000);
  expect(await shop.status("a")).toBe("PENDING_PAYMENT");
  expect(worker.loops["reservation_expiry"]?.failed).toBeGreaterThanOrEqual(12);
  expect(worker.sinceSweptMs).toBeGreaterThanOrEqual(55_000);
  away = false;
  await shop.time.pass(5_000);
  expect([await shop.status("a"), await shop.status("b")]).toEqual(["EXPIRED", "EXPIRED"]);
  await worker.stop();
});

function failing(
  { store, queries, folds }: Database,
  away: () => boolean,
): Pick<Database, "store" | "queries" | "folds"> {
  return {
    store,
    folds,
    queries: {
      ...queries,
      now: async () => {
        if (away()) throw new Error("no primary");
        return await queries.now();
      },
    },
  };
}

test("two workers on one database release every reservation once", async () => {
  const { shop, worker } = await setUp();
  const other = createWorker({
    database: shop.database,
    cache: shop.cache,
    logger: shop.logger,
    newBatchId: shop.newBatchId,
    timers: shop.time,
  });
  await Promise.all([worker.start(), other.start()]);
  await shop.hold(2, ...Array.from({ length: 500 }, (_, index) => `h${index}`));
  await shop.time.pass(10_000);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  expect(await shop.books.drift()).toEqual([]);
  await Promise.all([worker.stop(), other.stop()]);
});

test("a reservation placed for longer than the clock was set forward is not touched", async () => {
  const { shop, worker } = await setUp();
  await worker.start();
  await shop.hold(3_600, "a");
  await shop.time.pass(3_599_999);
  expect(await shop.status("a")).toBe("PENDING_PAYMENT");
  await shop.time.pass(1);
  expect(await shop.lateness("a")).toBe(0);
  await worker.stop();
});

test("shows what it does in figures: releases, lateness, and what the auditor finds", async () => {
  const registry = new Registry();
  const { shop, worker } = await setUp(() => ({ metrics: workerMetrics(registry) }));
  await worker.start();
  await shop.time.pass(0);
  await shop.hold(2, "a", "b");
  await shop.database.editLevel({ sku: "mug" as Sku, locationId: mainLocation }, { totalStock: 5_000_000 });
  await shop.time.pass(10_000);
  const lines = (await registry.metrics()).split("\n");
  for (const line of [
    'holdfast_due_handled_total{kind="reservation_expiry"} 2',
    'holdfast_due_lateness_seconds_sum{kind="reservation_expiry"} 3',
    'holdfast_loop_run_duration_seconds_count{loop="reservation_expiry",outcome="failed"} 0',
    'holdfast_loop_since_success_seconds{loop="reservation_expiry"} 0',
    'holdfast_loop_run_duration_seconds_count{loop="record_audit",outcome="ok"} 11',
    'holdfast_engine_batch_commands_sum{engine="worker"} 2',
    "holdfast_drift_levels 1",
    'holdfast_drift_figure_levels{figure="totalStock"} 1',
    "holdfast_auditor_rounds_total 11",
  ]) {
    expect(lines).toContain(line);
  }
  expect(new Set(shop.logger.lines)).toEqual(new Set(["a stock level does not add up"]));
  await worker.stop();
  expect(shop.time.waiting).toBe(0);
});

test("keeps the feed going, hands it to its consumers, and stops both", async () => {
  const stamped: number[] = [];
  const handled: number[] = [];
  const registry = new Registry();
  const { shop, worker } = await setUp(({ database }) => ({
    metrics: workerMetrics(registry),
    database: { ...database, sequencer: { stamp: async (limit) => stamped.push(limit) } },
    consumers: [
      {
        name: "relay",
        handle: async ({ entries }) => void handled.push(...entries.map(({ position }) => position)),
        checkpoint: { load: async () => undefined, save: async () => {} },
      },
    ],
  }));
  await worker.start();
  await shop.hold(60, "a");
  await shop.time.pass(1_000);
  expect(handled).toEqual([1, 2]);
  expect(await registry.metrics()).toContain('holdfast_feed_consumer_behind_commits{consumer="relay"} 0\n');
  expect(Object.keys(worker.loops)).toEqual([
    "reservation_expiry",
    "feed_sequencing",
    "relay",
    "level_audit",
    "level_folding",
    "record_audit",
    "money_audit",
  ]);
  await worker.stop();
  expect([stamped.length, shop.time.waiting]).toEqual([5, 0]);
});
