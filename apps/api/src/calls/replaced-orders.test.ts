import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

async function shop() {
  const api = new TestApi();
  await api.createProduct();
  const place = (quantity: number, more: object = {}, key?: string) =>
    api.post(
      "/v1/orders",
      { lines: [{ sku: "tea", quantity }], ...more },
      key === undefined ? {} : { "idempotency-key": key },
    );
  const status = async (id: string) => (await answered(200, api.get(`/v1/orders/${id}`)))["status"];
  return { api, place, status };
}

test("a shopper's new cart takes over the units of the old one, and the old one ends", async () => {
  const { api, place, status } = await shop();
  const old = await api.placeOrder(8);
  const cart = await answered(201, place(10, { replaces: old }, "k1"));
  expect(cart).toMatchObject({ replaces: old, lines: [{ quantity: 10 }] });
  expect(await status(old)).toBe("CANCELLED");
  expect(await api.stock()).toBe("10/10/0/0");
  const again = await place(10, { replaces: old }, "k1");
  expect(await again.json()).toEqual(cart);
  expect(await problemOf(await place(1, { replaces: old }))).toBe("409 order_not_replaceable");
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("an order keeps its units where the cart that was to replace it is refused", async () => {
  const { api, place, status } = await shop();
  const old = await api.placeOrder(8);
  const refused = await answered(409, place(11, { replaces: old }));
  expect(refused).toMatchObject({ code: "insufficient_stock", errors: [{ requested: 11, available: 10 }] });
  expect(await status(old)).toBe("PENDING_PAYMENT");
  expect(await api.stock()).toBe("10/8/0/2");
});

test("an order of another customer is not replaced", async () => {
  const { api, place, status } = await shop();
  const old = await api.placeOrder(8, { customerId: "ann" });
  for (const more of [{}, { customerId: "bob" }])
    expect(await problemOf(await place(1, { replaces: old, ...more }))).toBe("404 order_not_found");
  expect(await status(old)).toBe("PENDING_PAYMENT");
  await answered(201, place(1, { replaces: old, customerId: "ann" }));
});
