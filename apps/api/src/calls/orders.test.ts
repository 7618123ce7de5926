import { orderSchema, problemSchema, reservationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

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
    lines: [{ sku: "tea", name: "Green tea", quantity: 3, unitPrice: { amount: 450, currency: "EUR" } }],
    total: { amount: 1350, currency: "EUR" },
    placedAt: "2026-01-01T00:00:00.000Z",
    payments: [],
    reservation: {
      id: String(body["id"]).replace("ord_", "res_"),
      status: "ACTIVE",
      expiresAt: "2026-01-01T00:01:00.000Z",
    },
  });
  expect(orderSchema.parse(body)).toEqual(body);
  expect(await answered(200, api.get(`/v1/orders/${body["id"]}`))).toEqual(body);
  expect(await api.stock()).toBe("10/3/0/7");
});

test("answers a SKU on many lines by its sum, as it is described", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 1_000_000 });
  const lines = Array.from({ length: 100 }, () => ({ sku: "tea", quantity: 10_000 }));
  const order = await answered(201, api.post("/v1/orders", { lines }));
  expect(order).toMatchObject({ lines: [{ quantity: 1_000_000 }] });
  expect(orderSchema.parse(order)).toEqual(order);
  const { id } = order["reservation"] as { id: string };
  const hold = await answered(200, api.get(`/v1/reservations/${id}`));
  expect(reservationSchema.parse(hold)).toEqual(hold);
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
  expect(orderSchema.parse(first)).toEqual(first);
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
  expect(orderSchema.parse(first)).toEqual(first);
  expect(await answered(200, api.post(`/v1/orders/${id}/cancel`, {}))).toEqual(first);
  expect(await api.stock()).toBe("10/0/0/10");
});

test("sells to a late payment what is still free, and records the refund that is due for the rest", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 2 });
  const early = await api.placeOrder(1);
  const late = await api.placeOrder(1);
  api.seconds = 300;
  await api.expireDue();
  expect(await answered(200, api.post(`/v1/orders/${early}/confirm`))).toMatchObject({
    status: "CONFIRMED",
    reservation: { id: `${early.replace("ord_", "res_")}-2` },
    payments: [{ outcome: "REHELD" }],
  });
  await api.placeOrder(1);
  expect(await problemOf(await api.post(`/v1/orders/${late}/confirm`))).toBe("409 late_payment_refund_due");
  const failed = await answered(200, api.get(`/v1/orders/${late}`));
  expect(failed).toMatchObject({ status: "FAILED", payments: [{ outcome: "REFUND_DUE" }] });
  expect(orderSchema.parse(failed)).toEqual(failed);
});

/** A shop that reviews late payments, with an order of the one `tea` there is, paid late while another holds it. */
async function underReview() {
  const api = new TestApi({ settings: { latePayment: "review" } });
  await api.createProduct({ totalStock: 1 });
  const late = await api.placeOrder(1);
  api.seconds = 300;
  await api.expireDue();
  const other = await api.placeOrder(1);
  for (let repeat = 0; repeat < 2; repeat += 1) {
    const told = await api.post(`/v1/orders/${late}/confirm`, { paymentReference: "pay-1" });
    expect(await problemOf(told)).toBe("409 late_payment_review_due");
  }
  return { api, late, other };
}

test("keeps a late payment for review, sells it when its stock is free again, and tells a repeat the same", async () => {
  const { api, late, other } = await underReview();
  const review = (decision: string) => api.post(`/v1/orders/${late}/review`, { decision });
  expect(await answered(200, api.get(`/v1/orders/${late}`))).toMatchObject({
    status: "FAILED",
    payments: [{ reference: "pay-1", outcome: "REVIEW_DUE" }],
  });
  expect(await problemOf(await review("SELL"))).toBe("409 insufficient_stock");
  await answered(200, api.post(`/v1/orders/${other}/cancel`));
  api.seconds = 400;
  const sold = await answered(200, review("SELL"));
  expect(sold).toMatchObject({
    status: "CONFIRMED",
    payments: [{ outcome: "REHELD", review: { decision: "SELL", at: "2026-01-01T00:06:40.000Z" } }],
    reservation: { id: `${late.replace("ord_", "res_")}-2`, status: "CONFIRMED" },
  });
  expect(orderSchema.parse(sold)).toEqual(sold);
  expect(await answered(200, review("SELL"))).toEqual(sold);
  expect(await answered(200, api.post(`/v1/orders/${late}/confirm`))).toEqual(sold);
  const refused = await review("REFUND");
  expect(await refused.clone().json()).toMatchObject({ detail: "The order is CONFIRMED; its review said SELL." });
  expect(await problemOf(refused)).toBe("409 order_not_reviewable");
  expect(await api.stock()).toBe("1/0/1/0");
});

test("refunds a late payment that a person has turned down, and finds what is due", async () => {
  const { api, late } = await underReview();
  const due = async (outcome: string) => {
    const { data } = await answered(200, api.get(`/v1/orders?paymentOutcome=${outcome}`));
    return (data as { id: string }[]).map(({ id }) => id);
  };
  expect([await due("REVIEW_DUE"), await due("REFUND_DUE")]).toEqual([[late], []]);
  const review = (decision: string) => api.post(`/v1/orders/${late}/review`, { decision });
  const refunded = await answered(200, review("REFUND"));
  expect(refunded).toMatchObject({ status: "FAILED", payments: [{ outcome: "REFUND_DUE" }] });
  expect(await answered(200, review("REFUND"))).toEqual(refunded);
  expect(await problemOf(await review("SELL"))).toBe("409 order_not_reviewable");
  expect(await problemOf(await api.post(`/v1/orders/${late}/confirm`))).toBe("409 late_payment_refund_due");
  expect([await due("REVIEW_DUE"), await due("REFUND_DUE")]).toEqual([[], [late]]);
});

test("says that an order awaits no review", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder();
  const response = await api.post(`/v1/orders/${id}/review`, { decision: "SELL" });
  expect(await response.clone().json()).toMatchObject({ detail: "The order is PENDING_PAYMENT." });
  expect(await problemOf(response)).toBe("409 order_not_reviewable");
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

test("keeps a payment of an order that was cancelled, and shows it in the refusal and its repeat", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  await answered(200, api.post(`/v1/orders/${id}/cancel`));
  const paid = () => api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_x" });
  const refused = await answered(409, paid());
  expect(problemSchema.parse(refused)).toEqual(refused);
  expect(refused).toMatchObject({
    code: "order_not_confirmable",
    order: { id, status: "CANCELLED", payments: [{ reference: "pi_x", outcome: "REFUND_DUE" }] },
  });
  const again = await answered(409, paid());
  expect([again["code"], again["order"]]).toEqual([refused["code"], refused["order"]]);
  expect(refused["order"]).toEqual(await answered(200, api.get(`/v1/orders/${id}`)));
  const { data } = await answered(200, api.get("/v1/orders?paymentOutcome=REFUND_DUE&status=CANCELLED"));
  expect(data).toEqual([refused["order"]]);
});

test("keeps a second payment beside the one that sold the order", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  const paid = (paymentReference: string) => api.post(`/v1/orders/${id}/confirm`, { paymentReference });
  const sold = await answered(200, paid("pi_A"));
  const refused = await answered(409, paid("pi_B"));
  expect(refused).toMatchObject({
    code: "order_already_paid",
    order: {
      status: "CONFIRMED",
      payments: [
        { reference: "pi_A", outcome: "ON_TIME" },
        { reference: "pi_B", outcome: "REFUND_DUE" },
      ],
    },
  });
  expect(await answered(200, paid("pi_A"))).toEqual({
    ...sold,
    payments: (refused["order"] as typeof sold)["payments"],
  });
  expect(await api.stock()).toBe("10/0/2/8");
});

test("keeps a cancel of an order that has expired: a payment that comes later sells nothing", async () => {
  const api = new TestApi();
  await api.createProduct();
  const [cancelled, expired] = [await api.placeOrder(2), await api.placeOrder(1)];
  api.seconds = 300;
  await api.expireDue();
  expect(await answered(200, api.post(`/v1/orders/${cancelled}/cancel`))).toMatchObject({
    status: "CANCELLED",
    reservation: { status: "EXPIRED" },
  });
  expect(await problemOf(await api.post(`/v1/orders/${cancelled}/confirm`))).toBe("409 order_not_confirmable");
  expect(await api.stock()).toBe("10/0/0/10");
  const holds = async (status: string) => {
    const { data } = await answered(200, api.get(`/v1/reservations?status=${status}`));
    return (data as { orderId: string; status: string }[]).map((hold) => `${hold.orderId} ${hold.status}`);
  };
  expect(await holds("EXPIRED")).toEqual([`${expired} EXPIRED`, `${cancelled} EXPIRED`]);
  expect(await holds("CANCELLED")).toEqual([]);
});

test("closes a refund that was due, once", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  await answered(200, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_A" }));
  await answered(409, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_B" }));
  const refund = (paymentReference: string, refundReference?: string) =>
    api.post(`/v1/orders/${id}/refunds`, { paymentReference, refundReference });
  expect(await problemOf(await refund("pi_C"))).toBe("404 payment_not_found");
  expect(await problemOf(await refund("pi_A", "re_1"))).toBe("409 refund_not_due");
  api.seconds = 60;
  const refunded = await answered(200, refund("pi_B", "re_1"));
  expect(orderSchema.parse(refunded)).toEqual(refunded);
  expect(refunded["payments"]).toMatchObject([
    { reference: "pi_A", outcome: "ON_TIME" },
    { reference: "pi_B", outcome: "REFUNDED", refund: { reference: "re_1", at: "2026-01-01T00:01:00.000Z" } },
  ]);
  expect(await answered(200, refund("pi_B", "re_1"))).toEqual(refunded);
  expect(await answered(200, refund("pi_B"))).toEqual(refunded);
  expect(await problemOf(await refund("pi_B", "re_2"))).toBe("409 refunded_otherwise");
  const listed = async (outcome: string) =>
    (await answered(200, api.get(`/v1/orders?paymentOutcome=${outcome}`)))["data"] as { id: string }[];
  expect(await listed("REFUND_DUE")).toEqual([]);
  expect(await listed("REFUNDED")).toEqual([refunded]);
});
