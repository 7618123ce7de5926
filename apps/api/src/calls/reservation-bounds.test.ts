import type { Actor } from "@holdfast/domain";
import { expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

test("bounds what a customer and a key hold at a time, and says how", async () => {
  const key = "secret-of-the-storefront";
  const keyed = { authorization: `Bearer ${key}` };
  const api = new TestApi({
    settings: {
      apiKeys: new Map([[key, "storefront" as Actor]]),
      reservationBounds: { keyed: { unitsPerCustomerMax: 3, unitsPerKeyMax: 5 }, open: {} },
    },
  });
  await answered(201, api.post("/v1/products", tea, keyed));
  const order = (quantity: number, customerId: string) =>
    api.post("/v1/orders", { lines: [{ sku: "tea", quantity }], customerId }, keyed);
  const { id } = await answered(201, order(2, "ann"));
  const refused = await order(2, "ann");
  expect(await refused.clone().json()).toMatchObject({
    errors: [
      {
        message: "2 units were asked for, this customer holds 2 of at most 3",
        holder: "customer",
        requested: 2,
        held: 2,
        unitsMax: 3,
      },
    ],
  });
  expect(await problemOf(refused)).toBe("409 hold_limit_exceeded");
  await answered(201, order(3, "bob"));
  expect((await answered(409, order(1, "eve")))["errors"]).toMatchObject([{ holder: "key", held: 5, unitsMax: 5 }]);
  await answered(200, api.post(`/v1/orders/${id}/cancel`, {}, keyed));
  await answered(201, order(2, "eve"));
});

test("has no bound where no key is needed, unless one is set", async () => {
  const open = new TestApi({ settings: { reservationBounds: { keyed: { unitsPerCustomerMax: 1 }, open: {} } } });
  const bounded = new TestApi({ settings: { reservationBounds: { keyed: {}, open: { unitsPerCustomerMax: 1 } } } });
  await Promise.all([open.createProduct(), bounded.createProduct()]);
  await open.placeOrder(2, { customerId: "ann" });
  const refused = bounded.post("/v1/orders", { lines: [{ sku: "tea", quantity: 2 }], customerId: "ann" });
  expect(await problemOf(await refused)).toBe("409 hold_limit_exceeded");
});
