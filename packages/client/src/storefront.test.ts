import { expect, test } from "vitest";
import type { ClientOptions } from "./holdfast-client.ts";
import { holdfastClient } from "./holdfast-client.ts";
import { shopAndClient } from "./test-shop.ts";

const twoTeas = { lines: [{ sku: "tea", quantity: 2 }] };

/** A shop, and clients of it as its pages have them. */
async function storefront() {
  const { app, client } = await shopAndClient();
  const made = await client.apiKeys.create({ name: "storefront", scopes: ["checkout"] });
  if (!made.ok) throw new Error(made.code);
  return (options: Partial<ClientOptions> = {}) =>
    holdfastClient({
      url: "http://localhost:3000",
      apiKey: made.value.key,
      fetch: async (request) => await app.fetch(request),
      ...options,
    });
}

test("a page reads and cancels the orders that it has placed, and those of no other page", async () => {
  const pageOf = await storefront();
  const [page, other] = [pageOf(), pageOf()];
  const placed = await page.orders.place(twoTeas);
  if (!placed.ok) throw new Error(placed.code);
  const { id, orderToken = "" } = placed.value;
  expect((await other.orders.read(id)).code).toBe("forbidden");
  expect((await other.orders.read(id, { orderToken: "hfo_guessed" })).code).toBe("order_not_found");
  expect(await page.orders.read(id)).toMatchObject({ ok: true, value: { id, status: "PENDING_PAYMENT" } });
  expect(await other.orders.read(id, { orderToken })).toMatchObject({ ok: true, value: { id } });
  expect(await page.orders.cancel(id)).toMatchObject({ ok: true, value: { status: "CANCELLED" } });
  expect((await page.orders.confirm(id)).code).toBe("forbidden");
});

test("a page replaces its order by another cart, and no order of another page", async () => {
  const pageOf = await storefront();
  const [page, other] = [pageOf(), pageOf()];
  const placed = await page.orders.place(twoTeas);
  if (!placed.ok) throw new Error(placed.code);
  const { id } = placed.value;
  const cart = { lines: [{ sku: "tea", quantity: 3 }], replaces: id };
  expect((await other.orders.place(cart)).code).toBe("forbidden");
  expect((await other.orders.place(cart, { orderToken: "hfo_guessed" })).code).toBe("order_not_found");
  expect(await page.orders.place(cart, { dryRun: true })).toMatchObject({ ok: true, value: { replaces: id } });
  expect(await page.orders.read(id)).toMatchObject({ ok: true, value: { status: "PENDING_PAYMENT" } });
  expect(await page.orders.place(cart)).toMatchObject({ ok: true, value: { replaces: id } });
  expect(await page.orders.read(id)).toMatchObject({ ok: true, value: { status: "CANCELLED" } });
});

test("a page that is loaded again goes on with the tokens that it has kept", async () => {
  const pageOf = await storefront();
  const orderTokens = new Map<string, string>();
  const placed = await pageOf({ orderTokens }).orders.place(twoTeas);
  if (!placed.ok) throw new Error(placed.code);
  expect(await pageOf({ orderTokens }).orders.cancel(placed.value.id)).toMatchObject({ ok: true });
});

test("an answer that was lost is asked for again with the same secret, and brings the token", async () => {
  const pageOf = await storefront();
  const shop = pageOf();
  const idempotencyKey = crypto.randomUUID();
  const lost = await shop.orders.place(twoTeas, { idempotencyKey });
  const again = await pageOf().orders.place(twoTeas, { idempotencyKey });
  expect(again).toMatchObject({ ok: true, replayed: true, value: lost.ok ? lost.value : {} });
});
