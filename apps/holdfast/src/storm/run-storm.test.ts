import { expect, onTestFinished, test } from "vitest";
import { serveTestShop, type TestShop, testShop } from "../test-shop.ts";
import { runStorm, type StormPlan } from "./run-storm.ts";
import { isClean } from "./storm-report.ts";

/** A shop on a port, whose requests `disturb` may change on their way in. */
async function storm(
  plan: Partial<StormPlan> = {},
  disturb = (request: Request): Request => request,
  shop = testShop(),
) {
  const fetch = ((request: Request) => shop.app.fetch(disturb(request))) as TestShop["app"]["fetch"];
  const serving = await serveTestShop({ ...shop, app: { ...shop.app, fetch } as TestShop["app"] });
  onTestFinished(() => serving.stop({ noticeMs: 0, graceMs: 1_000 }));
  const defaults = {
    apiKey: undefined,
    buyers: 30,
    stock: 10,
    atOnceMax: 10,
    copies: 3,
    sku: undefined,
    withFeed: true,
  };
  return await runStorm({ ...defaults, ...plan, url: serving.url }, new AbortController().signal, () => {});
}

test("a storm sells no more than there is, each order once, and finds nothing wrong", async () => {
  const result = await storm();
  expect([result.complaints, result.audit.breaches]).toEqual([[], []]);
  expect(isClean(result)).toBe(true);
  const { placed, confirmed, cancelled, refused } = result.orders;
  expect(placed + refused).toBe(30);
  expect(confirmed + cancelled).toBe(placed);
  expect(result.stock).toEqual({ total: 10, sold: confirmed, held: 0, left: 10 - confirmed });
  expect(result.answers["409 insufficient_stock"]).toBeGreaterThan(0);
  expect(result.orders.replays).toBeGreaterThanOrEqual(placed * 3);
});

test("it buys a product of the shop's where that is named", async () => {
  const shop = testShop();
  const price = { amount: 1, currency: "EUR" };
  await shop.client.products.create({ sku: "tea", name: "Tea", price, totalStock: 5 });
  await shop.client.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
  const result = await storm({ sku: "tea" }, undefined, shop);
  expect([result.complaints, result.audit.breaches, result.stock.total]).toEqual([[], [], 5]);
});

test("a shop that forgets idempotency keys is found out", async () => {
  const result = await storm({ stock: 1_000 }, (request) => {
    const headers = new Headers(request.headers);
    headers.delete("idempotency-key");
    return new Request(request, { headers });
  });
  expect(isClean(result)).toBe(false);
  expect(result.complaints).toContainEqual(expect.stringMatching(/made 3 orders/));
  expect(result.audit.breaches.map(({ rule }) => rule)).toContain("one order per key");
});

test("a shop that says that it has sold and has not is found out", async () => {
  const result = await storm({ copies: 1 }, (request) =>
    request.url.endsWith("/confirm")
      ? new Request(request.url.replace("/confirm", ""), { headers: request.headers })
      : request,
  );
  expect(result.complaints).toContainEqual(expect.stringMatching(/is PENDING_PAYMENT, not CONFIRMED/));
  expect(isClean(result)).toBe(false);
});
