import { orderSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

/** A shop with ten units, which has sold three of them in one order. */
async function shopThatSold() {
  const api = new TestApi();
  await api.createProduct();
  const order = await api.placeOrder(3);
  await answered(200, api.post(`/v1/orders/${order}/confirm`, { paymentReference: "pay-1" }));
  const ship = (body: object, key?: string, of = order) =>
    api.post(`/v1/orders/${of}/fulfilments`, body, key === undefined ? {} : { "idempotency-key": key });
  return { api, order, ship };
}

test("what an ERP counts after shipping is what there is: of 10, sell 3, ship 3, count 7, and 7 can be sold", async () => {
  const { api, order, ship } = await shopThatSold();
  expect(await answered(201, ship({ reference: "parcel-1" }))).toMatchObject({
    orderId: order,
    lines: [{ sku: "tea", locationId: "main", quantity: 3 }],
    reference: "parcel-1",
    fulfilmentStatus: "FULFILLED",
    actor: "anonymous",
  });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({
    totalStock: 7,
    reservedStock: 0,
    committedStock: 0,
    availableStock: 7,
  });
  const shipped = await answered(200, api.get(`/v1/orders/${order}`));
  expect(shipped).toMatchObject({
    status: "CONFIRMED",
    fulfilmentStatus: "FULFILLED",
    lines: [{ fulfilledQuantity: 3 }],
  });
  expect(reread(orderSchema, shipped)).toEqual(shipped);
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("ships in part, once under each key, and lists what has left, newest first, page by page", async () => {
  const { api, order, ship } = await shopThatSold();
  const first = await answered(201, ship({ lines: [{ sku: "tea", quantity: 1 }] }, "k1"));
  expect(first).toMatchObject({ fulfilmentStatus: "PARTIAL" });
  const again = await ship({ lines: [{ sku: "tea", quantity: 1 }] }, "k1");
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(await again.json()).toEqual(first);
  expect(await problemOf(await ship({ lines: [{ sku: "tea", quantity: 2 }] }, "k1"))).toBe(
    "422 idempotency_key_reused",
  );
  const second = await answered(201, ship({ lines: [{ sku: "tea", locationId: "main", quantity: 2 }] }, "k2"));
  const page = await answered(200, api.get(`/v1/orders/${order}/fulfilments?limit=1`));
  expect(page).toMatchObject({ data: [second] });
  const rest = await answered(200, api.get(`/v1/orders/${order}/fulfilments?cursor=${String(page["nextCursor"])}`));
  expect(rest).toEqual({ data: [first], nextCursor: null });
});

test("refuses what was not sold, and says what is left", async () => {
  const { api, ship } = await shopThatSold();
  const refused = await ship({ lines: [{ sku: "tea", quantity: 4 }] });
  expect(await refused.clone().json()).toMatchObject({
    errors: [
      {
        message: "4 of tea are to go, 3 are sold and still at main",
        sku: "tea",
        locationId: "main",
        requested: 4,
        available: 3,
      },
    ],
  });
  expect(await problemOf(refused)).toBe("409 more_than_sold");
  const unpaid = await api.placeOrder(1);
  expect(await problemOf(await ship({}, undefined, unpaid))).toBe("409 order_not_fulfillable");
  expect(await problemOf(await ship({}, undefined, "ord_none"))).toBe("404 order_not_found");
  expect(await problemOf(await api.get("/v1/orders/ord_none/fulfilments"))).toBe("404 order_not_found");
  await answered(201, ship({}));
  expect(await problemOf(await ship({}))).toBe("409 nothing_to_fulfil");
});

test("tells a fulfilment in the feed, in the ledger and in an explanation", async () => {
  const { api, order, ship } = await shopThatSold();
  const made = await answered(201, ship({ lines: [{ sku: "tea", quantity: 2 }], reference: "parcel-1" }));
  const { data: events } = await answered(200, api.get("/v1/events"));
  expect((events as readonly unknown[]).at(-1)).toMatchObject({ type: "OrderFulfilled", fulfilment: made });
  const { data: movements } = await answered(200, api.get("/v1/stock-movements?sku=tea&limit=1"));
  expect(movements).toMatchObject([
    {
      reason: "order_fulfilled",
      orderId: order,
      fulfilmentId: made["id"],
      reference: "parcel-1",
      change: { totalStock: -2, reservedStock: 0, committedStock: -2 },
    },
  ]);
  expect(await answered(200, api.get("/v1/stock-levels/tea/main/explain"))).toMatchObject({
    level: { totalStock: 8, committedStock: 1 },
    adjustments: { sum: 10 },
    sold: { count: 1, sum: 3 },
    shipped: { count: 1, sum: 2, newest: [{ fulfilmentId: made["id"], orderId: order, units: 2 }] },
    unexplained: { totalStock: 0, committedStock: 0 },
  });
});

test("where goods leave once they are paid for, a paid order has left, and nothing is left to ship", async () => {
  const api = new TestApi({ settings: { fulfilOn: "confirm" } });
  await api.createProduct();
  const order = await api.placeOrder(3);
  expect(await answered(200, api.post(`/v1/orders/${order}/confirm`, { paymentReference: "p" }))).toMatchObject({
    status: "CONFIRMED",
    fulfilmentStatus: "FULFILLED",
  });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ totalStock: 7, committedStock: 0 });
  expect(await problemOf(await api.post(`/v1/orders/${order}/fulfilments`, {}))).toBe("409 nothing_to_fulfil");
});
