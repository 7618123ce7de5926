import { expect, test } from "vitest";
import { answered, opening, problemOf, TestApi } from "../test-api.ts";

const daySeconds = 86_400;
const at = (seconds: number) => new Date(opening + seconds * 1_000).toISOString();

async function shopWithOrder(settings: ConstructorParameters<typeof TestApi>[0] = {}, more: object = {}) {
  const api = new TestApi(settings);
  await api.createProduct();
  const order = await api.placeOrder(2, more);
  const extend = (body: object) => api.post(`/v1/orders/${order}/extend`, body);
  return { api, order, extend };
}

test("a reservation lasts seven days, until the bank transfer is there", async () => {
  const { api, order } = await shopWithOrder({}, { holdSeconds: 7 * daySeconds });
  api.seconds = 7 * daySeconds - 1;
  await api.expireDue();
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ reservedStock: 2, availableStock: 8 });
  expect(await answered(200, api.post(`/v1/orders/${order}/confirm`))).toMatchObject({
    status: "CONFIRMED",
    reservation: { expiresAt: at(7 * daySeconds) },
  });
});

test("a reservation is extended, ends at its later end, and is in the feed", async () => {
  const { api, order, extend } = await shopWithOrder();
  api.seconds = 299;
  const extended = await answered(200, extend({ expiresAt: at(600), paymentReference: "pi_1" }));
  expect(extended).toMatchObject({ status: "PENDING_PAYMENT", reservation: { expiresAt: at(600) } });
  expect(extended).not.toHaveProperty("extendedTo");
  expect(await answered(200, extend({ expiresAt: at(600) }))).toEqual(extended);
  expect(await answered(200, extend({ expiresAt: "2026-01-01T01:05:00+01:00" }))).toEqual(extended);
  api.seconds = 300;
  await api.expireDue();
  expect(await answered(200, api.get(`/v1/orders/${order}`))).toEqual(extended);
  const events = await answered(200, api.get("/v1/events"));
  expect((events["data"] as object[]).at(-1)).toMatchObject({
    type: "OrderExtended",
    orderId: order,
    lines: [{ sku: "tea", quantity: 2 }],
    expiresAt: at(600),
    paymentReference: "pi_1",
  });
  api.seconds = 600;
  expect(await problemOf(await extend({ expiresAt: at(900) }))).toBe("409 order_not_extendable");
  await api.expireDue();
  expect(await answered(200, api.get(`/v1/orders/${order}`))).toMatchObject({ status: "EXPIRED" });
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("no reservation lasts longer than HOLD_SECONDS_MAX, however it comes to its end", async () => {
  const { api, extend } = await shopWithOrder({ settings: { holdSecondsMax: 600 } });
  expect(await problemOf(await extend({ expiresAt: at(601) }))).toBe("409 hold_too_long");
  expect(await (await extend({ expiresAt: at(601) })).json()).toMatchObject({
    detail: `It may last until ${at(600)}.`,
  });
  await answered(200, extend({ expiresAt: at(600) }));
  const lines = [{ sku: "tea", quantity: 1 }];
  expect(await problemOf(await api.post("/v1/orders", { lines, holdSeconds: 601 }))).toBe("409 hold_too_long");
});

test("a shop that extends for payments only wants to know which", async () => {
  const { extend } = await shopWithOrder({ settings: { extendFor: "payment" } });
  expect(await problemOf(await extend({ expiresAt: at(600) }))).toBe("409 payment_not_named");
  await answered(200, extend({ expiresAt: at(600), paymentReference: "pi_1" }));
});

test.each(["soon", 600, "2026-01-01", "", null])("an end must be an instant, and not %j", async (expiresAt) => {
  const { extend } = await shopWithOrder();
  expect(await problemOf(await extend({ expiresAt }))).toBe("400 malformed_request");
});
