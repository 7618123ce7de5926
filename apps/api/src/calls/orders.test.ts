import { orderSchema, reservationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

test("places an order that holds its stock, and says where it is", async () => {
  const api = new TestApi();
  await api.createProduct();
  const lines = [
    { sku: "tea", quantity: 1 },
    { sku: "tea", quantity: 2 },
  ];
  const response = await api.post("/v1/orders", { lines, customerId: "ann", holdSeconds: 60 });
  const body = (await response.json()) as Record<string, unknown>;
  expect([response.status, response.headers.get("location")]).toEqual([201, `/v1/orders/${body["id"]}`]);
  expect(body).toEqual({
    id: expect.stringMatching(/^ord_\d{26}$/),
    status: "PENDING_PAYMENT",
    customerId: "ann",
    locationId: "main",
    lines: [
      {
        sku: "tea",
        name: "Green tea",
        quantity: 3,
        unitPrice: { amount: 450, currency: "EUR" },
        allocations: [{ locationId: "main", quantity: 3 }],
      },
    ],
    total: { amount: 1350, currency: "EUR" },
    fulfilmentStatus: "NONE",
    placedAt: "2026-01-01T00:00:00.000Z",
    payments: [],
    reservation: {
      id: String(body["id"]).replace("ord_", "res_"),
      status: "ACTIVE",
      expiresAt: "2026-01-01T00:01:00.000Z",
    },
  });
  expect(reread(orderSchema, body)).toEqual(body);
  expect(await answered(200, api.get(`/v1/orders/${body["id"]}`))).toEqual(body);
  expect(await api.stock()).toBe("10/3/0/7");
});

test("answers a SKU on many lines by its sum, as it is described", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 1_000_000 });
  const lines = Array.from({ length: 100 }, () => ({ sku: "tea", quantity: 10_000 }));
  const order = await answered(201, api.post("/v1/orders", { lines }));
  expect(order).toMatchObject({ lines: [{ quantity: 1_000_000 }] });
  expect(reread(orderSchema, order)).toEqual(order);
  const { id } = order["reservation"] as { id: string };
  const reservation = await answered(200, api.get(`/v1/reservations/${id}`));
  expect(reread(reservationSchema, reservation)).toEqual(reservation);
});

test("holds for as long as the settings say where the order does not", async () => {
  const api = new TestApi({ settings: { holdSeconds: 90 } });
  await api.createProduct();
  const order = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }));
  expect(order).toMatchObject({ reservation: { expiresAt: "2026-01-01T00:01:30.000Z" } });
});

test("confirms an order, and answers a repeat the same", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  api.seconds = 9;
  const first = await answered(200, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pay-1" }));
  expect(first).toMatchObject({
    status: "CONFIRMED",
    endedAt: "2026-01-01T00:00:09.000Z",
    reservation: { status: "CONFIRMED" },
    payments: [{ reference: "pay-1", at: "2026-01-01T00:00:09.000Z", outcome: "ON_TIME" }],
  });
  expect(reread(orderSchema, first)).toEqual(first);
  expect(await answered(200, api.post(`/v1/orders/${id}/confirm`))).toEqual(first);
  expect(await answered(200, api.post(`/v1/orders/${id}/confirm`, {}))).toEqual(first);
  expect(await api.stock()).toBe("10/0/2/8");
});

test("cancels an order, and answers a repeat the same", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  const first = await answered(200, api.post(`/v1/orders/${id}/cancel`));
  expect(first).toMatchObject({ status: "CANCELLED", reservation: { status: "CANCELLED" } });
  expect(reread(orderSchema, first)).toEqual(first);
  expect(await answered(200, api.post(`/v1/orders/${id}/cancel`, {}))).toEqual(first);
  expect(await api.stock()).toBe("10/0/0/10");
});

test("says which lines fall short, and by how much", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup", totalStock: 1 });
  const lines = [
    { sku: "tea", quantity: 11 },
    { sku: "cup", quantity: 2 },
  ];
  expect(await answered(409, api.post("/v1/orders", { lines }))).toEqual({
    type: "urn:holdfast:problem:insufficient_stock",
    title: expect.any(String),
    status: 409,
    code: "insufficient_stock",
    requestId: expect.any(String),
    errors: [
      {
        message: "11 of tea were asked for, 10 are available",
        sku: "tea",
        locationId: "main",
        requested: 11,
        available: 10,
      },
      {
        message: "2 of cup were asked for, 1 are available",
        sku: "cup",
        locationId: "main",
        requested: 2,
        available: 1,
      },
    ],
  });
});

test.each([
  ["confirm", "cancel", "409 order_not_cancellable", "The order is CONFIRMED."],
  ["cancel", "confirm", "409 order_not_confirmable", "The order is CANCELLED."],
] as const)("after a %s, refuses to %s", async (first, second, outcome, detail) => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder();
  await answered(200, api.post(`/v1/orders/${id}/${first}`));
  const response = await api.post(`/v1/orders/${id}/${second}`);
  expect(await response.clone().json()).toMatchObject({ detail });
  expect(await problemOf(response)).toBe(outcome);
});

test("names the currencies that one order cannot mix", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup", price: { amount: 300, currency: "JPY" } });
  const lines = [
    { sku: "tea", quantity: 1 },
    { sku: "cup", quantity: 1 },
  ];
  expect(await answered(422, api.post("/v1/orders", { lines }))).toMatchObject({
    code: "currency_mismatch",
    detail: "The lines are priced in EUR and JPY.",
  });
});

/** Orders of a shop: one a second, in every status, by two customers, at filters' edges. */
test.each([
  ["", "6 5 4 3 2 1"],
  ["?status=PENDING_PAYMENT", "6 2"],
  ["?status=CONFIRMED", "1"],
  ["?status=CANCELLED", "3"],
  ["?status=EXPIRED", "4"],
  ["?status=FAILED", "5"],
  ["?customerId=ann", "3 1"],
  ["?customerId=nobody", ""],
  ["?sku=cup", "6 5"],
  ["?sku=tea", "4 3 2 1"],
  ["?sku=pot", ""],
  ["?from=2026-01-01T00:00:04Z", "6 5 4"],
  ["?to=2026-01-01T00:00:04Z", "3 2 1"],
  ["?from=2026-01-01T01:00:02%2B01:00&to=2026-01-01T00:00:04.000Z", "3 2"],
  ["?sku=tea&customerId=ann&status=CANCELLED", "3"],
  ["?sku=cup&customerId=ann", ""],
])("lists orders%s: %s", async (query, outcome) => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup", totalStock: 1 });
  const names = new Map<unknown, string>();
  const place = async (name: string, order: object) => {
    api.seconds = Number(name);
    const { id } = await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }], ...order }));
    names.set(id, name);
    return id;
  };
  const paid = await place("1", { customerId: "ann" });
  await place("2", { customerId: "bob", holdSeconds: 900 });
  const cancelled = await place("3", { customerId: "ann" });
  await place("4", {});
  const failed = await place("5", { lines: [{ sku: "cup", quantity: 1 }] });
  await answered(200, api.post(`/v1/orders/${paid}/confirm`));
  await answered(200, api.post(`/v1/orders/${cancelled}/cancel`));
  api.seconds = 310;
  await api.expireDue();
  api.seconds = 6;
  await place("6", { lines: [{ sku: "cup", quantity: 1 }] });
  await answered(409, api.post(`/v1/orders/${failed}/confirm`));

  const { data, nextCursor } = await answered(200, api.get(`/v1/orders${query}`));
  expect([(data as { id: string }[]).map(({ id }) => names.get(id)).join(" "), nextCursor]).toEqual([outcome, null]);
});
