import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { type Actor, type AdjustmentId, driftOf, type OrderId, type Sku } from "@holdfast/domain";
import { type Database, Engine, everyRecount, idsByTime, readable, reservationHints } from "@holdfast/engine";
import { openMongo } from "@holdfast/infra-mongo";
import { type OpenedRedis, openRedis } from "@holdfast/infra-redis";
import { type NodeApp, type RedisService, spawnNode, startMongo, startRedis } from "@holdfast/test-services";
import { create, place, RecordedLogger } from "@holdfast/testing";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { until } from "./until.ts";

const newId = idsByTime();
/** Too long to matter during a test. */
const never = 3_600_000;

let redis: RedisService;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** An API process without HTTP. */
interface Shop {
  readonly database: Database;
  readonly opened: OpenedRedis;
  readonly databaseUrl: string;
  /** Places `count` orders of one mug each. */
  hold(count: number, holdSeconds: number): Promise<readonly OrderId[]>;
}

async function openShop(mongoUrl: string = inject("mongoUrl")): Promise<Shop> {
  const url = new URL(mongoUrl);
  url.pathname = `/worker-${randomUUID()}`;
  const database = await openMongo({ url: url.href });
  const opened = openRedis({ url: redis.url, logger: new RecordedLogger() });
  const engine = new Engine({
    store: database.store,
    newBatchId: newId,
    afterCommit: reservationHints(opened.cache, opened.wakeups),
  });
  onTestFinished(async () => {
    await engine.close();
    await opened.close();
    await database.close();
  });
  await engine.submit(create("mug", 1_000, { adjustmentId: `adj_${newId()}` as AdjustmentId }));
  return {
    database,
    opened,
    databaseUrl: url.href,
    async hold(count, holdSeconds) {
      const ids = Array.from({ length: count }, () => `ord_${newId()}` as OrderId);
      const answers = await Promise.all(
        ids.map((orderId) =>
          engine.submit({ ...place("", { mug: 1 }, { holdSeconds }), orderId, actor: "shop" as Actor }),
        ),
      );
      expect(answers.every(({ ok }) => ok)).toBe(true);
      return ids;
    },
  };
}

async function startWorker(
  databaseUrl: string,
  env: Record<string, string> = {},
  readyLine = "worker ready",
): Promise<NodeApp> {
  const worker = await spawnNode({
    entry: "apps/worker/src/main.ts",
    env: { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, SWEEP_INTERVAL_MS: `${never}`, ...env },
    readyLine,
  });
  onTestFinished(() => worker.kill());
  return worker;
}

/** Waits until all orders have expired. @returns how late each was, in milliseconds by the store's clock */
async function latenesses({ database }: Shop, ids: readonly OrderId[]): Promise<readonly number[]> {
  const found: number[] = [];
  for (const id of ids) {
    await until(async () => (await database.queries.order(id))?.status === "EXPIRED", 20_000);
    const order = await database.queries.order(id);
    found.push((order?.endedAt ?? Number.POSITIVE_INFINITY) - (order?.reservation.expiresAt ?? 0));
  }
  return found;
}

async function expectAllFree({ database }: Shop): Promise<void> {
  const mug = await database.queries.product("mug" as Sku);
  expect(mug?.levels).toMatchObject([{ totalStock: 1_000, reservedStock: 0, committedStock: 0 }]);
  for await (const recount of everyRecount(database.queries)) expect(driftOf(readable(recount))).toEqual([]);
}

test("reservations placed while it runs are released within a second of their end, by wake-ups alone", async () => {
  const shop = await openShop();
  await startWorker(shop.databaseUrl);
  await until(async () => (await shop.opened.health()) === "ok");
  const ids = [...(await shop.hold(20, 1)), ...(await shop.hold(20, 3)), ...(await shop.hold(20, 2))];
  const late = await latenesses(shop, ids);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThanOrEqual(1_000);
  await expectAllFree(shop);
});

test("with Redis emptied a reservation is released within one sweep interval", async () => {
  const shop = await openShop();
  await startWorker(shop.databaseUrl, { SWEEP_INTERVAL_MS: "3000" });
  await until(async () => (await shop.opened.health()) === "ok");
  const ids = await shop.hold(10, 2);
  await flushAll();
  const late = await latenesses(shop, ids);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  // One interval, and the second that a release may take.
  expect(Math.max(...late)).toBeLessThanOrEqual(3_000 + 1_000);
  await expectAllFree(shop);
});

test("killed, it releases on its next start what has run out meanwhile", async () => {
  const shop = await openShop();
  const killed = await startWorker(shop.databaseUrl);
  const ids = await shop.hold(10, 1);
  await killed.kill();
  await flushAll();
  const [first] = ids;
  const order = first && (await shop.database.queries.order(first));
  await until(async () => (await shop.database.queries.now()) > (order?.reservation.expiresAt ?? 0));
  expect((await shop.database.queries.dueReservations(await shop.database.queries.now(), 100)).length).toBe(10);
  await startWorker(shop.databaseUrl);
  await latenesses(shop, ids);
  await expectAllFree(shop);
});

test("keeps the feed going, also two at once and after one was killed: every commit once, without a gap", async () => {
  const shop = await openShop();
  const { queries } = shop.database;
  const killed = await startWorker(shop.databaseUrl, { FEED_INTERVAL_MS: "20" });
  await startWorker(shop.databaseUrl, { FEED_INTERVAL_MS: "20" });
  const orders = [...(await shop.hold(20, 1)), ...(await shop.hold(20, 1))];
  await killed.kill();
  await latenesses(shop, [...orders, ...(await shop.hold(20, 1))]);
  // The order in which it all happened is the ledger's.
  const ledger = (await queries.journal("mug" as Sku, { limit: 1_000 })).toReversed();
  await until(async () => (await queries.feedEnd()).position === ledger.length);
  expect(await queries.feed({ limit: 1_000 })).toEqual(ledger.map((entry, n) => ({ ...entry, position: n + 1 })));
});

test("two at once release every reservation once", async () => {
  const shop = await openShop();
  await Promise.all([
    startWorker(shop.databaseUrl, { SWEEP_INTERVAL_MS: "100" }),
    startWorker(shop.databaseUrl, { SWEEP_INTERVAL_MS: "100" }),
  ]);
  const late = await latenesses(shop, await shop.hold(300, 2));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  await expectAllFree(shop);
});

test("without Redis it starts, and releases by its rounds; when Redis comes it takes wake-ups", async () => {
  const shop = await openShop();
  await redis.kill();
  const worker = await startWorker(shop.databaseUrl, { SWEEP_INTERVAL_MS: "1000" });
  const late = await latenesses(shop, await shop.hold(5, 1));
  expect(Math.max(...late)).toBeLessThanOrEqual(2_000);
  await redis.restart();
  await until(async () => (await shop.opened.health()) === "ok");
  expect(worker.logs()).toContain("redis answers again");
  await expectAllFree(shop);
});

test("without MongoDB it stays up and tries again, at its start and later", async () => {
  const mongo = await startMongo();
  onTestFinished(() => mongo.stop());
  const shop = await openShop(mongo.url);
  await mongo.kill();
  const worker = await startWorker(shop.databaseUrl, { SWEEP_INTERVAL_MS: "500" }, "cannot be opened yet");
  await mongo.restart();
  await until(() => worker.logs().includes("worker ready"), 30_000);
  await latenesses(shop, await shop.hold(5, 1));

  const ids = await shop.hold(5, 1);
  await mongo.kill();
  await until(() => worker.logs().includes("reservation_expiry failed"), 40_000);
  await mongo.restart();
  await latenesses(shop, ids);
  await expectAllFree(shop);
  expect(await worker.stop()).toBe(0);
}, 120_000);

test("SIGTERM ends it cleanly, also while Redis is frozen", async () => {
  const shop = await openShop();
  const worker = await startWorker(shop.databaseUrl);
  expect(await worker.stop()).toBe(0);
  expect(worker.logs()).toContain("worker stopped");

  const other = await startWorker(shop.databaseUrl);
  await redis.pause();
  onTestFinished(() => redis.resume());
  expect(await other.stop()).toBe(0);
});

test("settings that cannot work end it at once, with all that is wrong", async () => {
  const started = spawnNode({
    entry: "apps/worker/src/main.ts",
    env: { DATABASE_URL: "file:shop.db", REDIS_URL: "", SWEEP_INTERVAL_MS: "0" },
    readyLine: "worker ready",
  });
  await expect(started).rejects.toThrow(
    /DATABASE_URL must be.*\n.*REDIS_URL is missing.*\n.*SWEEP_INTERVAL_MS must be/,
  );
});

/** Empties Redis, like an operator's mistake or a failover to an empty copy. */
async function flushAll(): Promise<void> {
  const { hostname, port } = new URL(redis.url);
  const socket = connect(Number(port), hostname);
  socket.write("FLUSHALL\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toBe("+OK\r\n");
}
