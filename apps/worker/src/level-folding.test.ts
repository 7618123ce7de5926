import { type Fold, foldLimits, type LevelName, mainLocation, type Sku, type StoredLevel } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { BackgroundLoop } from "@holdfast/scheduler";
import { cancel, confirm, create, orderId, place, RecordedLogger, Shop, settlingTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { Auditor } from "./auditor.ts";
import { auditorLimits } from "./auditor-limits.ts";

const offMessage = "a stock level does not add up";
const wrongMessage = "what a stock level had folded was wrong, and is forgotten: old orders or adjustments were edited";

/** A shop with tea and cups, and an auditor over it. */
async function setUp(pauseMs: number = auditorLimits.pauseMs) {
  const time = settlingTimers();
  const database = openMemory(time.instant);
  const shop = new Shop(database);
  await shop.ask(create("tea", 10_000), create("cup", 10));
  const logger = new RecordedLogger();
  const trusts: unknown[] = [];
  const weather = { away: false };
  const { queries, folds } = database;
  const auditor = new Auditor({
    queries: {
      ...queries,
      recounts: async (filter, paging) => {
        trusts.push(filter.trust);
        return await queries.recounts(filter, paging);
      },
    },
    folds: {
      ...folds,
      foldOn: async (level) => {
        if (weather.away) throw new Error("the database is away");
        return await folds.foldOn(level);
      },
    },
    logger,
    pauseMs,
    timers: time,
  });
  const loops = auditor.jobs.map((job) => new BackgroundLoop(job, { logger, timers: time }));
  return { time, database, shop, logger, trusts, weather, start: () => loops.map((loop) => loop.start()) };
}

type Setup = Awaited<ReturnType<typeof setUp>>;

const tea: LevelName = { sku: "tea" as Sku, locationId: mainLocation };

async function levelOf({ database }: Setup, sku: string): Promise<StoredLevel> {
  const [recount] = await database.queries.recounts({ sku: sku as Sku, trust: "always" }, { limit: 1 });
  if (recount === undefined) throw new Error(`there is no ${sku}`);
  return readable(recount).level;
}

async function foldOf(setup: Setup, sku: string): Promise<Fold | undefined> {
  return (await levelOf(setup, sku)).fold;
}

/** Sells tea in orders of one each, with a movement as it is placed and one as it is paid. */
async function sell({ shop }: Setup, orders: number): Promise<void> {
  const names = Array.from({ length: orders }, (_, n) => `o${String(n).padStart(4, "0")}`);
  await shop.ask(...names.map((name) => place(name, { tea: 1 })), ...names.map((name) => confirm(name)));
}

const soldOrders = foldLimits.afterMovements / 2;

test("folds the levels that have moved enough, and no others", async () => {
  const setup = await setUp();
  await sell(setup, soldOrders);
  await setup.shop.ask(place("x", { cup: 1 }), cancel("x"));
  setup.start();
  await setup.time.pass(2_000);
  expect(await foldOf(setup, "tea")).toMatchObject({ units: { totalStock: 10_000, committedStock: soldOrders } });
  expect([await foldOf(setup, "cup"), setup.logger.lines]).toEqual([undefined, []]);
});

test("tries again in the next round what failed, and audits meanwhile", async () => {
  const setup = await setUp();
  await sell(setup, soldOrders);
  setup.weather.away = true;
  setup.start();
  await setup.time.pass(10_500);
  expect([await foldOf(setup, "tea"), setup.trusts.length]).toEqual([undefined, 11]);
  setup.weather.away = false;
  await setup.time.pass(60_000);
  expect(await foldOf(setup, "tea")).toBeDefined();
});

test("trusts folds but for its first round and one a day", async () => {
  const hourMs = 3_600_000;
  const setup = await setUp(hourMs);
  setup.start();
  await setup.time.pass(auditorLimits.fullRoundEveryMs + hourMs / 2);
  const full = setup.trusts.flatMap((trust, round) => (trust === "never" ? round : []));
  expect(full).toEqual([0, auditorLimits.fullRoundEveryMs / hourMs]);
  expect(new Set(setup.trusts)).toEqual(new Set(["never", "unless drift"]));
});

test("forgets a fold that leads to what is not so, and reports what is", async () => {
  const setup = await setUp();
  await sell(setup, soldOrders);
  setup.start();
  await setup.time.pass(2_000);
  const { fold } = await levelOf(setup, "tea");
  if (fold === undefined) throw new Error("nothing was folded");
  await setup.database.editLevel(tea, { fold: { ...fold, units: { ...fold.units, committedStock: 1 } } });
  await setup.time.pass(2_000);
  expect(setup.logger.lines).toEqual([wrongMessage]);
  // Folded again, from the beginning.
  expect(await foldOf(setup, "tea")).toEqual(fold);
  await setup.database.editLevel(tea, { committedStock: 7 });
  await setup.time.pass(2_000);
  expect(setup.logger.lines).toEqual([wrongMessage, offMessage]);
});

test("finds an edit of an order in a fold with the full round of the day", async () => {
  const hourMs = 3_600_000;
  const setup = await setUp(hourMs);
  await sell(setup, soldOrders);
  setup.start();
  await setup.time.pass(2.5 * hourMs);
  expect(await foldOf(setup, "tea")).toBeDefined();
  await setup.database.corrupt("order", orderId("o0007"), { status: "CANCELLED" });
  // That its payment sold it shows at once.
  const ofLevels = () => setup.logger.lines.filter((line) => line !== "an order's money does not add up");
  await setup.time.pass(20 * hourMs);
  expect(ofLevels()).toEqual([]);
  await setup.time.pass(2 * hourMs);
  expect(ofLevels()).toEqual([offMessage, wrongMessage]);
  expect(await setup.shop.drift()).toEqual([`tea committedStock is ${soldOrders}, orders say ${soldOrders - 1}`]);
});
