import { expect, test } from "vitest";
import { each } from "./each.ts";
import { Refused } from "./refused.ts";
import { shopAndClient } from "./test-shop.ts";

test("goes through a list page after page", async () => {
  const { client } = await shopAndClient();
  const placed: string[] = [];
  for (let n = 0; n < 7; n += 1) {
    const answer = await client.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
    if (answer.ok) placed.push(answer.value.id);
  }
  const found: string[] = [];
  for await (const order of each(client.orders.list, { limit: 3 })) if ("id" in order) found.push(order.id);
  expect(found).toEqual(placed.reverse());
});

test("ends where the feed ends now", async () => {
  const { client } = await shopAndClient();
  const types: string[] = [];
  for await (const event of each(client.events.list, { limit: 1 })) types.push(event.type);
  expect(types).toEqual(["ProductCreated", "StockAdjusted"]);
});

test("throws what a page is refused for", async () => {
  const { client } = await shopAndClient();
  const first = each(client.orders.list, { cursor: "none" }).next();
  await expect(first).rejects.toThrow(Refused);
  await expect(first).rejects.toMatchObject({ problem: { code: "invalid_cursor" } });
});
