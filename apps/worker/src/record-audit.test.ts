import type { RecordKind } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { BackgroundLoop } from "@holdfast/scheduler";
import {
  change,
  confirm,
  create,
  oneOfEach,
  orderId,
  place,
  RecordedLogger,
  Shop,
  settlingTimers,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import { Auditor } from "./auditor.ts";

const pauseMs = 1_000;
const stepMs = 250;
const orders = 250;
const entries = 1_600;

/**
 * A shop with records of all kinds, more orders and payments than a page has, and a journal of 80 pages; and its auditor. Each read takes
 * as long as `store` says: what adds levels up takes `recountMs`.
 */
async function setUp(store: { readMs: number; recountMs: number; productsAway?: boolean }) {
  const time = settlingTimers();
  const database = openMemory(time.instant);
  const shop = new Shop(database);
  for (const command of Object.values(oneOfEach)) await shop.ask(command);
  await shop.ask(create("cup", 10_000));
  const names = Array.from({ length: orders }, (_, n) => `audited-${n}`);
  await shop.ask(...names.map((name) => place(name, { cup: 1 })));
  await shop.ask(...names.map((name) => confirm(name, `pay-${name}`)));
  for (let n = 0; n < entries; n += 1) await shop.ask(change("cup", { name: `Cup ${n}` }));
  let readingMs = 0;
  const take = async (ms: number) => {
    readingMs += ms;
    await new Promise<void>((resolve) => time.after(ms, resolve));
  };
  const { queries } = database;
  const slow: Queries = {
    ...queries,
    products: async (paging) => {
      await take(store.readMs);
      if (store.productsAway) throw new Error("products cannot be fetched");
      return await queries.products(paging);
    },
    orders: (filter, paging) => take(store.readMs).then(() => queries.orders(filter, paging)),
    list: (name, filter, paging) => take(store.readMs).then(() => queries.list(name, filter, paging)),
    feed: (paging) => take(store.readMs).then(() => queries.feed(paging)),
    recounts: async (filter, paging) => {
      await new Promise<void>((resolve) => time.after(store.recountMs, resolve));
      return await queries.recounts(filter, paging);
    },
  };
  const auditor = new Auditor({
    queries: slow,
    folds: database.folds,
    logger: new RecordedLogger(),
    pauseMs,
    timers: time,
  });
  // The audit of money rests as long, in a loop of its own.
  const jobs = auditor.jobs.filter(({ name }) => name !== "money_audit");
  for (const job of jobs) new BackgroundLoop(job, { logger: new RecordedLogger(), timers: time }).start();
  /** How long until the auditor knows of as many records of a kind, in steps. */
  const msUntil = async (kind: RecordKind, count: number) => {
    const began = time.now();
    while (auditor.figures.unreadableRecords[kind] !== count) {
      await time.pass(stepMs);
      if (time.now() - began > 1_000_000) throw new Error(`${kind} is never noticed`);
    }
    return time.now() - began;
  };
  return { time, auditor, corrupt: database.corrupt, msUntil, reading: () => readingMs };
}

type Fields = Readonly<Record<string, unknown>>;

/** A run reads levels, journal and at most ten kinds between, until it has looked at 200 records: of these shops every kind in three. */
const runsMs = (runs: number, readMs: number) => runs * (12 * readMs + Math.max(pauseMs, 19 * 12 * readMs));

test.each<[kind: RecordKind, id: string, broken: Fields, sound: Fields, runs: number]>([
  ["stock_level", "cup@main", { totalStock: "10" }, { totalStock: 10_000 }, 1],
  ["order", orderId("audited-3"), { holdSeconds: null }, { holdSeconds: 60 }, 4],
  ["payment", `${orderId("audited-200")}@1`, { reference: 7 }, { reference: "pay-audited-200" }, 4],
  ["product", "cup", { initialStock: null }, { initialStock: 10_000 }, 4],
])(
  "notices a broken %s, and its repair, as soon as its own kind comes round, however long levels take to add up and the journal is",
  async (kind, id, broken, sound, runs) => {
    const readMs = 40;
    const { time, corrupt, msUntil } = await setUp({ readMs, recountMs: 2_000 });
    const worst = runsMs(runs, readMs) + stepMs;
    await time.pass(60_000);
    for (let phase = 0; phase < 8; phase += 1) {
      await time.pass(3_100);
      await corrupt(kind, id, broken);
      expect(await msUntil(kind, 1)).toBeLessThanOrEqual(worst);
      await corrupt(kind, id, sound);
      expect(await msUntil(kind, 0)).toBeLessThanOrEqual(2 * worst);
    }
  },
);

test.each([1, 10, 40])("takes 5 percent of the store at most where a read takes %i ms", async (readMs) => {
  const { time, reading } = await setUp({ readMs, recountMs: 0 });
  await time.pass(600_000);
  const runUnderWayMs = 12 * readMs;
  expect(reading() - runUnderWayMs).toBeLessThanOrEqual(0.05 * 600_000);
});

test("rests for ten seconds at most after a store that hung, and then reads the levels first", async () => {
  const store = { readMs: 5, recountMs: 5 };
  const { time, corrupt, msUntil } = await setUp(store);
  await time.pass(10_000);
  store.readMs = 3_000;
  await time.pass(1_100);
  store.readMs = 5;
  await time.pass(3_000);
  await corrupt("stock_level", "cup@main", { totalStock: "10" });
  expect(await msUntil("stock_level", 1)).toBeLessThanOrEqual(10_250);
});

test("lets no kind wait for one whose reads fail", async () => {
  const store = { readMs: 5, recountMs: 5, productsAway: true };
  const { corrupt, msUntil } = await setUp(store);
  await corrupt("order", orderId("audited-1"), { holdSeconds: null });
  expect(await msUntil("order", 1)).toBeLessThanOrEqual(runsMs(4, 5));
});
