import { hc } from "hono/client";
import { expect, expectTypeOf, test } from "vitest";
import type { App } from "./app-parts.ts";
import { TestApi } from "./test-api.ts";

const lines = [{ sku: "tea", quantity: 2 }];

/** Hono's own client of a shop in this process. */
async function shop() {
  const api = new TestApi();
  await api.createProduct();
  const client = hc<App>("http://localhost:3000", {
    fetch: async (input: string | URL | Request, init?: RequestInit) => await api.app.request(input, init),
  });
  return { api, client };
}

test("Hono's own client places and confirms an order, and knows what is answered", async () => {
  const { api, client } = await shop();
  const placed = await client.v1.orders.$post({ header: { "idempotency-key": "cart-1" }, query: {}, json: { lines } });
  if (!placed.ok) throw new Error((await placed.json()).code);
  const { id, status } = await placed.json();
  expectTypeOf(id).toEqualTypeOf<string>();
  expect(status).toBe("PENDING_PAYMENT");

  const paid = await client.v1.orders[":id"].confirm.$post({ param: { id }, json: { paymentReference: "pi_1" } });
  expect(await paid.json()).toMatchObject({ id, status: "CONFIRMED" });
  expect(await api.stock()).toBe("10/0/2/8");
});

test("a refusal is a problem, by its type too", async () => {
  const { client } = await shop();
  const read = await client.v1.products[":sku"].$get({ param: { sku: "none" } });
  if (read.ok) throw new Error("there is no such product");
  const problem = await read.json();
  expectTypeOf(problem.code).toEqualTypeOf<string>();
  expect(problem.code).toBe("product_not_found");
});

/** Compiled, and never called. */
export function wrongCalls() {
  const client = hc<App>("http://localhost:3000");
  // @ts-expect-error an order has lines
  client.v1.orders.$post({ header: {}, json: {} });
  // @ts-expect-error a quantity is a number
  client.v1.orders.$post({ header: {}, json: { lines: [{ sku: "tea", quantity: "2" }] } });
  // @ts-expect-error there is no such call
  client.v1.nothing.$get();
}
