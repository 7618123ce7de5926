import { expect, onTestFinished, test } from "vitest";
import { type CheckedShop, shopChecks } from "./runtimes/shop-checks.ts";
import { serveEdge } from "./serve-edge.ts";
import { askerAt, askerOf, newFolder, openStream, operatorKey, placeAndHangUp } from "./test-edge.ts";

const tea = { sku: "tea", name: "Green tea", price: { amount: 450, currency: "EUR" }, totalStock: 5 };

/** The edge in the runtime that Cloudflare runs it on, at a URL. */
async function startEdge(variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const given = { API_KEYS: `operator=${operatorKey}`, LOG_LEVEL: "warn", ...variables };
  const edge = await serveEdge({ port: 0, folder: newFolder(), variables: given });
  onTestFinished(() => edge.stop());
  return edge.url;
}

test("a shop in a Durable Object passes every check that the app over the store in memory does", async () => {
  const shop: CheckedShop = { ask: askerOf(await startEdge()), commitsMax: 49 };
  for (const check of Object.values(shopChecks)) await check(shop);
});

test("two shops share nothing: neither stock, nor orders, nor idempotency keys, nor API keys", async () => {
  const url = await startEdge({ SHOPS: "north,south", SHOP_DOMAIN: "shops.example" });
  const [north, south] = [askerAt("north.shops.example", url), askerAt("south.shops.example", url)];
  expect((await north("/v1/products", tea)).status).toBe(201);
  expect((await south("/v1/products/tea")).status).toBe(404);
  expect((await south("/v1/products", { ...tea, totalStock: 9 })).status).toBe(201);
  const placed = await north("/v1/orders", { lines: [{ sku: "tea", quantity: 2 }] });
  expect([placed.status, (await south(`/v1/orders/${placed.body["id"]}`)).status]).toEqual([201, 404]);
  expect((await north("/v1/products/tea")).body).toMatchObject({ availableStock: 3 });
  expect((await south("/v1/products/tea")).body).toMatchObject({ availableStock: 9 });

  const { body } = await north("/v1/api-keys", { name: "till", scopes: ["orders:read"] });
  const statusAt = async (shop: string) =>
    (await askerAt(`${shop}.shops.example`, url, `${body["key"]}`)("/v1/orders")).status;
  expect([await statusAt("north"), await statusAt("south")]).toEqual([200, 401]);
});

test("a host that is no shop's gets a problem", async () => {
  const url = await startEdge({ SHOPS: "north", SHOP_DOMAIN: "shops.example" });
  const { status, body } = await askerAt("east.shops.example", url)("/v1/orders");
  expect([status, body["code"], body["detail"]]).toEqual([404, "not_found", "There is no shop at east.shops.example."]);
});

test("a Worker whose settings are wrong answers that it is unavailable", async () => {
  const url = await startEdge({ HOLD_SECONDS: "soon" });
  const answer = await askerOf(url)("/v1/orders");
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: "unavailable" })]);
});

test("says that it is ready, and shows the metrics of engine, requests and background work", async () => {
  const ask = askerOf(await startEdge());
  const ready = await ask("/readyz");
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ok", checks: { database: "ok" } }]);
  const page = await (await ask("/metrics")).text();
  for (const line of [
    'holdfast_engine_queue_commands{engine="api"} 0',
    'holdfast_engine_commit_duration_seconds_count{engine="worker",outcome="unknown"} 0',
    'holdfast_loop_run_duration_seconds_count{loop="level_audit",outcome="failed"} 0',
    "holdfast_drift_levels 0",
  ]) {
    expect(page.split("\n")).toContain(line);
  }
});

test("a reader of the stream who is cut off gives back the seat", async () => {
  const url = await startEdge({ FEED_READERS_PER_KEY_MAX: "1" });
  const [ask, cutOff] = [askerOf(url), await openStream(url)];
  expect((await ask("/v1/events/stream")).status).toBe(429);
  cutOff();
  const status = async () => {
    const answer = await ask("/v1/events/stream");
    await answer.body?.cancel();
    return answer.status;
  };
  await expect.poll(status, { timeout: 10_000 }).toBe(200);
});

test("buyers who hang up while their orders commit stop no other order", async () => {
  const url = await startEdge();
  const ask = askerAt("127.0.0.1", url);
  await ask("/v1/products", { ...tea, totalStock: 1_000 });
  for (let n = 0; n < 5; n += 1) await Promise.all(Array.from({ length: 20 }, () => placeAndHangUp(url, "tea")));
  const placed = await ask("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] });
  expect(placed.status).toBe(201);
  expect((await ask("/v1/reconciliation")).body).toMatchObject({ ok: true, drift: [] });
});
