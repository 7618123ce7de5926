import { openMemory } from "@holdfast/memory-store";
import { BackgroundLoop } from "@holdfast/scheduler";
import {
  cancelSold,
  confirm,
  create,
  fulfil,
  giveBack,
  orderId,
  place,
  RecordedLogger,
  repay,
  reversalId,
  Shop,
  settlingTimers,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import { Auditor } from "./auditor.ts";

const offMessage = "an order's money does not add up";
const rightMessage = "an order's money adds up again";

/** A shop with more paid orders than a slice has, of which one has given up units and been paid back for some; and its auditor. */
async function setUp() {
  const time = settlingTimers();
  const database = openMemory(time.instant);
  const shop = new Shop(database);
  const names = Array.from({ length: 150 }, (_, n) => `o${String(n).padStart(3, "0")}`);
  await shop.ask(create("tea", 1_000), ...names.map((name) => place(name, { tea: 3 })));
  await shop.ask(...names.map((name) => confirm(name, `pay-${name}`)));
  await shop.ask(cancelSold("r1", "o020", { tea: 1 }), fulfil("f1", "o020"), giveBack("r2", "o020", { tea: 1 }));
  await shop.ask(repay("m1", "o020", 500));
  const logger = new RecordedLogger();
  const meanwhile: (() => Promise<unknown>)[] = [];
  const queries: typeof database.queries = {
    ...database.queries,
    list: async (...asked) => {
      const page = await database.queries.list(...asked);
      await meanwhile.shift()?.();
      return page;
    },
  };
  const auditor = new Auditor({ queries, folds: database.folds, logger, pauseMs: 1_000, timers: time });
  const money = auditor.jobs.filter(({ name }) => name === "money_audit");
  const loops = money.map((job) => new BackgroundLoop(job, { logger, timers: time }));
  for (const loop of loops) loop.start();
  const { corrupt } = database;
  return { time, shop, logger, auditor, corrupt, meanwhile };
}

test("finds an order whose money was edited, reports it once, and again when it adds up", async () => {
  const { time, logger, auditor, corrupt } = await setUp();
  await time.pass(2_500);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[], 0]);
  await corrupt("order", orderId("o020"), { refundDue: 390 });
  await time.pass(6_000);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[offMessage], 1]);
  await corrupt("order", orderId("o020"), { refundDue: 400 });
  await time.pass(3_000);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[offMessage, rightMessage], 0]);
});

test.each<[what: string, kind: "order" | "reversal" | "repayment", id: string, fields: Record<string, unknown>]>([
  ["money that is due of an order that gave nothing up", "order", orderId("o149"), { refundDue: 450 }],
  ["a reversal of another amount", "reversal", reversalId("r1"), { refundDue: 451 }],
  ["an order that was never paid", "order", orderId("o003"), { status: "CANCELLED" }],
])("finds %s", async (_what, kind, id, fields) => {
  const { time, logger, auditor, corrupt } = await setUp();
  await corrupt(kind, id, fields);
  await time.pass(2_500);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[offMessage], 1]);
});

test("takes an order that changes while it is added up for right, until a later round sees it", async () => {
  const { time, shop, logger, auditor, meanwhile } = await setUp();
  meanwhile.push(async () => {});
  meanwhile.push(() => shop.ask(giveBack("r3", "o020", { tea: 1 }), repay("m2", "o020", 300)));
  await time.pass(8_000);
  expect(meanwhile).toEqual([]);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[], 0]);
});

test("leaves what cannot be read to the audit of records", async () => {
  const { time, logger, auditor, corrupt } = await setUp();
  await corrupt("reversal", reversalId("r1"), { refundDue: "nine" });
  await corrupt("order", orderId("o005"), { total: "nothing" });
  await time.pass(6_000);
  expect([logger.lines, auditor.figures.driftOrders]).toEqual([[], 0]);
});
