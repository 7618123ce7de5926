import { mainLocation, type Sku, type StoredLevel } from "@holdfast/domain";
import { openMemory } from "@holdfast/memory-store";
import { BackgroundLoop } from "@holdfast/scheduler";
import { correct, create, orderId, place, RecordedLogger, Shop, settlingTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { Auditor } from "./auditor.ts";

const offMessage = "a stock level does not add up";
const rightMessage = "a stock level is no longer off";

/** A shop with `count` SKUs from `sku-000` on, and an auditor whose reads are noted. */
async function setUp(skus: number, pauseMs = 1_000) {
  const time = settlingTimers();
  const database = openMemory(time.instant);
  const shop = new Shop(database);
  const names = Array.from({ length: skus }, (_, n) => `sku-${String(n).padStart(3, "0")}`);
  await shop.ask(...names.map((name) => create(name, 10)));
  const reads: string[] = [];
  const weather = { away: false, recordsAway: false, readMs: 0, walkMs: 0, gate: Promise.resolve() };
  const logger = new RecordedLogger();
  const auditor = new Auditor({
    queries: {
      ...database.queries,
      recounts: async (filter, paging) => {
        reads.push(`${time.now()} ${paging.after?.sku ?? "first"}`);
        time.spend(weather.readMs);
        await weather.gate;
        if (weather.away) throw new Error("the database is away");
        return await database.queries.recounts(filter, paging);
      },
      products: async (paging) => {
        if (weather.walkMs > 0) await new Promise<void>((resolve) => time.after(weather.walkMs, resolve));
        if (weather.recordsAway) throw new Error("the database is away");
        return await database.queries.products(paging);
      },
    },
    folds: database.folds,
    logger,
    pauseMs,
    timers: time,
  });
  const loops = auditor.jobs.map((job) => new BackgroundLoop(job, { logger, timers: time }));
  const start = () => {
    for (const loop of loops) loop.start();
  };
  const stop = () => Promise.all(loops.map((loop) => loop.stop()));
  const editLevel = (sku: string, change: Partial<StoredLevel>) =>
    database.editLevel({ sku: sku as Sku, locationId: mainLocation }, change);
  return { time, shop, reads, weather, logger, auditor, start, stop, editLevel, corrupt: database.corrupt };
}

test("goes round all levels in slices of 50, with a pause between, and begins anew", async () => {
  const { time, reads, auditor, start } = await setUp(120);
  start();
  await time.pass(3_500);
  expect(reads).toEqual(["0 first", "1000 sku-049", "2000 sku-099", "3000 first"]);
  expect(auditor.figures).toMatchObject({ levels: 170, rounds: 1, lastRoundMs: 2_000, driftLevels: 0 });
});

test("ends a round also where the last slice is a full one, and where there is nothing", async () => {
  const full = await setUp(50);
  full.start();
  await full.time.pass(2_500);
  expect(full.reads).toEqual(["0 first", "1000 sku-049", "2000 first"]);
  expect(full.auditor.figures).toMatchObject({ levels: 100, rounds: 1 });
  const empty = await setUp(0);
  empty.start();
  await empty.time.pass(2_500);
  expect(empty.auditor.figures).toMatchObject({ levels: 0, rounds: 3, lastRoundMs: 0 });
});

test("rests 19 times as long as a slow slice took", async () => {
  const { time, reads, weather, start } = await setUp(60);
  weather.readMs = 200;
  start();
  await time.pass(8_000);
  expect(reads).toEqual(["0 first", "4000 sku-049", "8000 first"]);
});

test("logs a finding once, again when it changes, and once when it is gone", async () => {
  const { time, shop, logger, auditor, editLevel, start } = await setUp(3);
  start();
  await time.pass(1_000);
  expect(logger.lines).toEqual([]);
  await editLevel("sku-001", { reservedStock: 2 });
  await time.pass(5_000);
  expect(logger.lines).toEqual([offMessage]);
  expect(auditor.figures).toMatchObject({
    driftLevels: 1,
    driftLevelsByCounter: { totalStock: 0, reservedStock: 1, committedStock: 0, version: 0 },
  });
  await editLevel("sku-001", { reservedStock: 3, totalStock: 11 });
  await time.pass(5_000);
  expect(logger.lines).toEqual([offMessage, offMessage]);
  expect(auditor.figures.driftLevelsByCounter).toMatchObject({ totalStock: 1, reservedStock: 1 });
  expect(await shop.ask(correct("c1", "sku-001", 10, 0, 0))).toEqual(["ok"]);
  await time.pass(5_000);
  expect(logger.lines).toEqual([offMessage, offMessage, rightMessage]);
  expect(auditor.figures).toMatchObject({ driftLevels: 0, driftLevelsByCounter: { reservedStock: 0 } });
});

test("does not log a finding again while orders come and go", async () => {
  const { time, shop, logger, editLevel, start } = await setUp(1);
  await shop.ask(place("o0", { "sku-000": 1 }));
  await editLevel("sku-000", { reservedStock: 3 });
  // The journal takes the edit over with the next order; the difference to the orders stays.
  await shop.ask(place("o1", { "sku-000": 1 }));
  start();
  await time.pass(1_000);
  for (let n = 2; n < 6; n += 1) {
    await shop.ask(place(`o${n}`, { "sku-000": 1 }));
    await time.pass(1_000);
  }
  expect(logger.lines).toEqual([offMessage]);
});

test("goes on where it was after an outage", async () => {
  const { time, reads, weather, auditor, start } = await setUp(120);
  start();
  await time.pass(500);
  weather.away = true;
  await time.pass(60_000);
  expect(auditor.figures).toMatchObject({ levels: 50, rounds: 0 });
  weather.away = false;
  await time.pass(4_500);
  expect(reads.slice(-2)).toEqual(["63750 sku-049", "64750 sku-099"]);
  expect(auditor.figures).toMatchObject({ levels: 120, rounds: 1 });
});

test("keeps what it has found through an outage", async () => {
  const { time, weather, logger, auditor, editLevel, start } = await setUp(3);
  await editLevel("sku-002", { committedStock: 1 });
  start();
  await time.pass(500);
  weather.away = true;
  await time.pass(10_000);
  weather.away = false;
  await time.pass(10_000);
  expect(logger.lines.filter((line) => line === offMessage)).toHaveLength(1);
  expect(auditor.figures.driftLevels).toBe(1);
});

test.each([true, false])(
  "begins nothing after it was stopped; of a read under way (failing: %s) it says nothing",
  async (away) => {
    const { time, reads, weather, logger, editLevel, start, stop } = await setUp(120);
    await editLevel("sku-060", { reservedStock: 1 });
    start();
    await time.pass(500);
    const { promise, resolve } = Promise.withResolvers<void>();
    weather.gate = promise;
    await time.pass(500);
    await stop();
    weather.away = away;
    resolve();
    await time.pass(60_000);
    expect([reads.length, logger.lines, time.waiting]).toEqual([2, [], 0]);
  },
);

test("audits levels at their own pace while records cannot be fetched", async () => {
  const { time, weather, auditor, start } = await setUp(50);
  weather.recordsAway = true;
  start();
  await time.pass(10_500);
  expect(auditor.figures).toMatchObject({ rounds: 5, levels: 300 });
});

test("lets no level wait for a walk over records that takes long", async () => {
  const { time, reads, weather, auditor, start } = await setUp(60);
  weather.walkMs = 500;
  start();
  await time.pass(4_500);
  expect(reads).toEqual(["0 first", "1000 sku-049", "2000 first", "3000 sku-049", "4000 first"]);
  expect(auditor.figures).toMatchObject({ rounds: 2, lastRoundMs: 1_000 });
});

test("goes on past what it cannot read, logs each once, and counts it until it is mended", async () => {
  const { time, shop, logger, auditor, editLevel, corrupt, start } = await setUp(3);
  await shop.ask(place("o1", { "sku-001": 2 }));
  const [, second] = await shop.feed();
  await corrupt("stock_level", "sku-000@main", { totalStock: "10" });
  await corrupt("order", orderId("o1"), { holdSeconds: null });
  await corrupt("journal_entry", String(second?.id), { records: [{ type: "TeaDrunk", actor: "tester" }] });
  await editLevel("sku-002", { totalStock: 12 });
  start();
  await time.pass(10_000);
  expect(auditor.figures).toMatchObject({ rounds: 11, driftLevels: 1 });
  expect(auditor.figures.unreadableRecords).toMatchObject({ stock_level: 1, order: 1, journal_entry: 1, product: 0 });
  expect(logger.lines.toSorted()).toEqual([...Array(3).fill("a record cannot be read"), offMessage]);
  await corrupt("stock_level", "sku-000@main", { totalStock: 10 });
  await corrupt("order", orderId("o1"), { holdSeconds: 60 });
  await corrupt("journal_entry", String(second?.id), { records: second?.records });
  await time.pass(30_000);
  expect(Object.values(auditor.figures.unreadableRecords).every((records) => records === 0)).toBe(true);
  expect(logger.lines.filter((line) => line === "a record can be read again")).toHaveLength(3);
});
