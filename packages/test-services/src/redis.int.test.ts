import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { addressOf } from "./fixtures/address-of.ts";
import { type RedisService, redisAnswers, startRedis } from "./redis.ts";

let redis: RedisService;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(() => redis.resume());
afterAll(() => redis.stop());

async function withClient<Result>(url: string, use: (client: Redis) => Promise<Result>): Promise<Result> {
  const client = new Redis(url);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

test("the shared one answers", async () => {
  expect(await withClient(inject("redisUrl"), (client) => client.ping())).toBe("PONG");
});

test("never evicts a key, as BullMQ demands", async () => {
  const policy = await withClient(redis.url, (client) => client.config("GET", "maxmemory-policy"));
  expect(policy).toEqual(["maxmemory-policy", "noeviction"]);
});

test("keeps all it acknowledged through kill -9 and a restart, under the same URL", async () => {
  await withClient(redis.url, async (client) => {
    for (let i = 0; i < 200; i += 1) await client.rpush("killed", i);
  });
  await redis.kill();
  await expect(redisAnswers(addressOf(redis.url))).rejects.toThrow("ECONNREFUSED");
  await redis.restart();
  expect(await withClient(redis.url, (client) => client.llen("killed"))).toBe(200);
});

test("answers nothing while paused, and goes on when resumed", async () => {
  await redis.pause();
  await expect(redisAnswers(addressOf(redis.url))).rejects.toThrow("no answer in time");
  await redis.resume();
  expect(await redisAnswers(addressOf(redis.url))).toBe(true);
});

test("can be stopped twice, and while paused", async () => {
  const other = await startRedis();
  await other.pause();
  await other.stop();
  await other.stop();
  await expect(redisAnswers(addressOf(other.url))).rejects.toThrow("ECONNREFUSED");
});
