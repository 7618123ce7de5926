import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkStock } from "@holdfast/audit";
import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import { expect, inject, onTestFinished, test } from "vitest";
import { withDatabase } from "../deployments/cluster.ts";
import { loadKey, quiet, withLoadKey } from "../deployments/deployment.ts";
import { KeptConnections } from "./kept-connections.ts";
import { RestartShoppers, type Sold } from "./restart-shoppers.ts";

const shoppersCount = 8;
/** Orders between two restarts: enough for some to be under way. */
const ordersBetween = 60;

async function startOn(entry: string, port: number, env: Readonly<Record<string, string>>): Promise<NodeServerApp> {
  const app = await spawnNode({
    entry,
    env: { ...quiet, ...withLoadKey, ...env, PORT: `${port}`, DEMO_CATALOGUE: "off" },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return app;
}

/** Waits until this many more orders are acknowledged. */
async function moreOrders(shoppers: RestartShoppers): Promise<void> {
  const enough = shoppers.placed + ordersBetween;
  await expect.poll(() => shoppers.placed, { timeout: 30_000, interval: 20 }).toBeGreaterThan(enough);
}

/**
 * Expects that every acknowledged order is there, once per key and with the same bytes, and that the audit is clean. `withFeed`: the feed
 * is numbered, which on MongoDB needs a worker.
 */
async function expectKept(url: string, { sku, stock, acknowledged, wrong }: Sold, withFeed: boolean): Promise<void> {
  expect(wrong).toEqual([]);
  const connections = new KeptConnections();
  onTestFinished(() => connections.close());
  const left = [...acknowledged];
  const replay = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [key, body] = next;
      const cart = { lines: [{ sku, quantity: 1 }], customerId: key };
      expect(await connections.post(`${url}/v1/orders`, cart, key)).toMatchObject({ status: 201, body });
    }
  };
  await Promise.all(Array.from({ length: shoppersCount }, replay));
  const counts = { placed: acknowledged.size, confirmed: 0, cancelled: 0, unsettled: 0 };
  expect((await checkStock({ url, apiKey: loadKey, skus: [sku], stock, counts, withFeed })).breaches).toEqual([]);
}

const standalone = "apps/standalone/src/main.ts";
const api = "apps/api/src/main.ts";

test.each([
  ["standalone", standalone, (folder: string) => ({ DATABASE_URL: `file:${join(folder, "shop.db")}` })],
  ["API", api, () => ({ DATABASE_URL: withDatabase(inject("mongoUrl"), `restart-${randomBytes(6).toString("hex")}`) })],
])(
  "a stopped %s answers all that is under way, says that it is going, and loses nothing",
  async (_name, entry, env) => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-restarts-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [port, settings] = [await freePort(), env(folder)];
    const app = await startOn(entry, port, settings);
    const shoppers = new RestartShoppers([app.url]);
    await shoppers.start(shoppersCount);
    await moreOrders(shoppers);

    const stopped = app.stop();
    const readiness = async () => (await fetch(`${app.url}/readyz`)).json();
    await expect
      .poll(readiness, { interval: 20 })
      .toMatchObject({ status: "unavailable", checks: { accepting: "down" } });
    const sold = await shoppers.stop();
    expect(await stopped).toBe(0);
    expect(sold.turnedAway).toBe(0);
    await expectKept((await startOn(entry, port, settings)).url, sold, entry === standalone);
  },
  90_000,
);

test("two APIs restarted in turn, again and again: no shopper sees more than a retry on the other one settles", async () => {
  const env = { DATABASE_URL: withDatabase(inject("mongoUrl"), `rolling-${randomBytes(6).toString("hex")}`) };
  const ports = [await freePort(), await freePort()];
  const apps = await Promise.all(ports.map((port) => startOn(api, port, env)));
  const shoppers = new RestartShoppers(apps.map(({ url }) => url));
  await shoppers.start(shoppersCount);
  for (const round of [0, 1, 2, 3]) {
    await moreOrders(shoppers);
    const turn = round % 2;
    expect(await apps[turn]?.stop()).toBe(0);
    const app = await startOn(api, ports[turn] ?? 0, env);
    apps[turn] = app;
    shoppers.back(app.url);
  }
  await moreOrders(shoppers);
  await expectKept(apps[0]?.url ?? "", await shoppers.stop(), false);
}, 120_000);
