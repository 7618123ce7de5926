import { ApiReader } from "@holdfast/audit";
import { expect, test } from "vitest";
import { testShop } from "../test-shop.ts";
import { auditShop } from "./audit-shop.ts";

async function shopWithOrders() {
  const shop = testShop();
  const price = { amount: 100, currency: "EUR" };
  for (const sku of ["cup", "tea"])
    await shop.client.products.create({ sku, name: `The ${sku}`, price, totalStock: 9 });
  const orders = await Promise.all(
    [1, 2, 3].map((quantity) => shop.client.orders.place({ lines: [{ sku: "tea", quantity }], customerId: "ada" })),
  );
  const [first, second] = orders.map((order) => (order.ok ? order.value.id : ""));
  await shop.client.orders.confirm(first ?? "", { paymentReference: "pay-1" });
  await shop.client.orders.cancel(second ?? "");
  return shop;
}

/** Audits a shop whose answers `tamper` may change. */
async function audit(tamper = (_path: string, text: string) => text) {
  const { app } = await shopWithOrders();
  const api = new ApiReader("http://shop", {
    ask: async (url, init) => {
      const response = await app.request(url.replace("http://shop", "http://localhost"), init);
      return new Response(tamper(new URL(url).pathname, await response.text()), response);
    },
  });
  const options = { reconciled: "all", withFeed: true, atOnceMax: 2, signal: new AbortController().signal } as const;
  return await auditShop(api, { ...options, skus: ["cup", "tea"] }, () => {});
}

test("finds nothing wrong with a shop that keeps its promises, a customer's second order included", async () => {
  expect(await audit()).toEqual({ findings: [], skus: 2, levels: 2, orders: 3, movements: 7, events: 9, moving: [] });
});

test.each([
  ["a gap in the feed", "/v1/events", '"position":3,', '"position":9,', "feed without a gap"],
  [
    "a level that does not add up",
    "/v1/products/tea",
    '"reservedStock":3',
    '"reservedStock":4',
    "orders against stock",
  ],
  ["an order that was sold and is not", "/v1/orders", '"CONFIRMED"', '"CANCELLED"', "ledger against orders"],
  ["an explanation that does not add up", "/explain", '"sum":3', '"sum":2', "explained"],
  ["an oversold moment", "/v1/stock-movements", '"availableStock":3', '"availableStock":-3', "ledger adds up"],
])("finds %s", async (_, path, from, to, rule) => {
  const { findings } = await audit((asked, text) => (asked.endsWith(path) ? text.replaceAll(from, to) : text));
  expect(findings.map((each) => each.rule)).toContain(rule);
});

test("leaves out a SKU that never stands still, and says so", async () => {
  let version = 0;
  const { findings, moving } = await audit((path, text) => {
    version += 1;
    return path === "/v1/products/tea" ? text.replace(/"version":\d+/, `"version":${version}`) : text;
  });
  expect([findings, moving]).toEqual([[], ["tea"]]);
});
