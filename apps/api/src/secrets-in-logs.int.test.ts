import { freePort, type NodeServerApp, spawnNode, startRedis } from "@holdfast/test-services";
import { Redis } from "ioredis";
import { expect, inject, onTestFinished, test } from "vitest";

const key = "s3cret-of-the-storefront";
const shopper = "s3cret-shopper";

async function startApi(env: Readonly<Record<string, string>>): Promise<NodeServerApp> {
  const port = String(await freePort());
  const api = await spawnNode({
    entry: "apps/api/src/main.ts",
    env: { PORT: port, API_KEYS: `shop=${key}`, LOG_LEVEL: "trace", ...env },
    readyUrl: `http://127.0.0.1:${port}/healthz`,
  });
  onTestFinished(() => api.kill());
  return api;
}

/** A Redis with users: `default` with a password, and `reader`, who may not write. */
async function startGuardedRedis(): Promise<string> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const plain = new Redis(redis.url);
  onTestFinished(() => plain.disconnect());
  await plain.call("ACL", "SETUSER", "reader", "on", ">s3cret-of-redis", "~*", "&*", "+@all", "-@write", "-@scripting");
  await plain.call("CONFIG", "SET", "requirepass", "s3cret-of-redis");
  return redis.url.replace("redis://", "");
}

function shopUrl(name: string): string {
  const url = new URL(inject("mongoUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

test.each([
  ["a wrong Redis password", ":s3cret-but-wrong@", "WRONGPASS"],
  ["a Redis user who may not write", "reader:s3cret-of-redis@", "NOPERM"],
])("with %s, no line of the log holds a password, a key or a shopper", async (_what, credentials, line) => {
  const address = await startGuardedRedis();
  const api = await startApi({ DATABASE_URL: shopUrl("secrets"), REDIS_URL: `redis://${credentials}${address}` });
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const post = (path: string, body: unknown) =>
    fetch(`${api.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const sku = `tea-${Date.now()}`;
  await post(`/v1/products?api_key=${key}`, { sku, name: "Tea", price: { amount: 1, currency: "EUR" }, totalStock: 5 });
  const order = { lines: [{ sku, quantity: 1 }], customerId: shopper };
  expect((await post(`/v1/orders?api_key=${key}`, order)).status).toBe(400);
  expect((await post("/v1/orders", order)).status).toBe(201);
  await expect.poll(() => api.logs(), { timeout: 10_000 }).toContain(line);
  await api.stop();
  expect(api.logs()).toContain('"path":"/v1/orders"');
  expect(api.logs()).not.toContain("s3cret");
});

test("while the database is away, no line of the log holds its password", async () => {
  const port = await freePort();
  const api = spawnNode({
    entry: "apps/api/src/main.ts",
    env: {
      PORT: String(port),
      API_KEYS: `shop=${key}`,
      DATABASE_URL: `mongodb://shop:s3cret-of-mongo@127.0.0.1:${await freePort()}/shop?serverSelectionTimeoutMS=100`,
    },
    readyLine: "cannot be opened",
  });
  const { logs, kill } = await api;
  onTestFinished(kill);
  expect(logs()).toContain("cannot be opened");
  expect(logs()).not.toContain("s3cret");
});
